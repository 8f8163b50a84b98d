using System.Globalization;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// ChatGPT's data export, <c>conversations.json</c> or its parts <c>conversations-000.json</c> …: conversations whose messages are
/// nodes of a tree. What is read is the branch that the page shows.
/// </summary>
internal sealed class ChatGptFormat : IChatFormat
{
    private const int MostMissing = 10;

    private static readonly string[] Beside = ["title", "create_time", "current_node", "conversation_id", "id"];

    // The first key is that of a list; the others are a conversation's own.
    private static readonly JsonKeys RootKeys = new("conversations", "mapping", "current_node");
    private static readonly JsonKeys ManifestKeys = new("export_files");
    private static readonly JsonKeys FileKeys = new("path", "size_bytes");

    /// <inheritdoc/>
    public string Id => "chatgpt";

    /// <inheritdoc/>
    public string Shape => """[{"title": …, "current_node": …, "mapping": {"…": {"message": …, "parent": …, "children": […]}, …}}, …]""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) => ConversationList.Paths.Any(path =>
        sketch.KindsAt(path + "mapping").HasFlag(JsonKind.Object) && Beside.Any(key => sketch.Has(path + key)));

    /// <inheritdoc/>
    public bool Accompanies(SketchedFile file) =>
        file.Sketch.KindsAt("export_files").HasFlag(JsonKind.Array) && file.Sketch.Has("logical_files");

    /// <summary>The sizes of the export's files, by their names, as its manifest tells them.</summary>
    public object ReadCompanions(ChatReading reading)
    {
        var sizes = new Dictionary<string, string>();
        do
        {
            var json = reading.Json;
            json.NextDocument();
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
            {
                if (json.FindKey(ManifestKeys) == JsonKeys.Other || json.Kind != JsonKind.Array)
                    continue;
                json.Enter();
                while (reading.GoesOn && json.NextElement())
                    ReadFile(json, sizes);
            }
        }
        while (reading.NextFile());
        return sizes;
    }

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        if (reading.Companion is Dictionary<string, string> sizes)
            CompareWithManifest(reading, sizes);
        var conversations = new ChatGptReading(reading);
        return ConversationList.Read(reading, RootKeys, conversations.ReadConversation);
    }

    private static void CompareWithManifest(ChatReading reading, Dictionary<string, string> sizes)
    {
        if (sizes.TryGetValue(reading.File.Name, out var size) && size != reading.File.Size.ToString(CultureInfo.InvariantCulture))
            reading.Tally.Warn($"{reading.File.Name} has {reading.File.Size} bytes, and {size} by the export's manifest");
        foreach (var name in sizes.Keys.Where(IsShard).Where(name => !reading.HasFile(name)).Take(MostMissing))
            reading.Tally.Warn($"{name} is missing, which the export's manifest names");
    }

    private static bool IsShard(string name) =>
        name.StartsWith("conversations", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal);

    private static void ReadFile(JsonScanner json, Dictionary<string, string> sizes)
    {
        string? path = null, size = null;
        if (json.Kind != JsonKind.Object)
            return;
        json.Enter();
        while (json.NextProperty())
        {
            var key = json.FindKey(FileKeys);
            if (key == 0 && json.Kind == JsonKind.Text)
                path = json.ReadLabel();
            else if (key == 1 && json.Kind == JsonKind.Number)
                size = json.ReadScalarLabel();
        }

        if (path is not null && size is not null)
            sizes[path[(path.LastIndexOf('/') + 1)..]] = size;
    }
}
