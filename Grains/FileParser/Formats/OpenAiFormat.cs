using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// OpenAI messages: a line a conversation, <c>{"messages": [{"role", "content"}, …]}</c>; a single one need not be on one line.
/// A single object could as well be the prototype's, whose clients count on a label an entry: it is taken for OpenAI's only where
/// an entry has what the prototype's never have.
/// </summary>
internal sealed class OpenAiFormat : IChatFormat
{
    private const string NoText = "no text";
    private const string EmptyText = "empty text";

    private static readonly string[] Own = ["tool_calls", "tool_call_id", "function_call", "refusal"];

    private static readonly JsonKeys LineKeys = new("messages");
    private static readonly JsonKeys MessageKeys = new("role", "content", "name");
    private static readonly JsonKeys PartKeys = new("type", "text");

    /// <inheritdoc/>
    public string Id => "openai";

    /// <inheritdoc/>
    public string Shape => """lines of {"messages": [{"role": …, "content": …}, …]}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object
        && sketch.KindsAt("messages").HasFlag(JsonKind.Array)
        && sketch.KindsAt("messages[].role").HasFlag(JsonKind.Text)
        && sketch.Has("messages[].content")
        && !ForeignMarks.InEntries(sketch)
        && (sketch.Documents > 1 || HasItsOwn(sketch));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var json = reading.Json;
        while (reading.NextLine())
        {
            var conversation = reading.Conversation(null);
            var start = json.Offset;
            var found = false;
            if (json.Kind != JsonKind.Object)
                reading.Reject("a line must be an object with messages", start);
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
            {
                if (json.FindKey(LineKeys) == JsonKeys.Other)
                    continue;
                if (found || json.Kind != JsonKind.Array)
                    reading.Reject(found ? "the key messages occurs twice" : "messages must be an array", json.Offset);
                found = true;
                var entries = reading.EnterList("messages");
                while (entries.Next())
                    if (ReadMessage(reading, conversation) is { } message)
                        yield return message;

                reading.At(null);
            }

            if (!found)
                reading.Reject("a line without messages", start);
        }
    }

    private static bool HasItsOwn(FileSketch sketch) =>
        sketch.KindsAt("messages[].content").HasFlag(JsonKind.Array) || Own.Any(key => sketch.Has($"messages[].{key}"));

    private static ParsedMessage? ReadMessage(ChatReading reading, ConversationRef conversation)
    {
        var json = reading.Json;
        var start = json.Offset;
        string? role = null, name = null, text = null;
        var known = false;
        if (json.Kind != JsonKind.Object)
            reading.Reject("a message must be an object with role and content", start);
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            var key = json.FindKey(MessageKeys);
            known |= key is 0 or 1;
            if (key == 1)
                text = ReadContent(reading);
            else if (key != JsonKeys.Other && json.Kind == JsonKind.Text)
                _ = key == 0 ? role = json.ReadLabel() : name = json.ReadLabel();
        }

        if (!known)
            reading.Reject("a message without role and content", start);
        if (string.IsNullOrEmpty(text))
        {
            reading.Skip(text is null ? NoText : EmptyText);
            return null;
        }

        return reading.Message(
            conversation, new() { Author = name ?? role, Role = role?.ToLowerInvariant(), Text = text });
    }

    /// <summary>The text of a content; null where it has none.</summary>
    private static string? ReadContent(ChatReading reading)
    {
        var json = reading.Json;
        switch (json.Kind)
        {
            case JsonKind.Text:
                return json.ReadText();
            case JsonKind.Array:
                return ReadParts(reading);
            case JsonKind.Null:
                return null;
            default:
                reading.Reject("content must be a text, null, or an array of parts", json.Offset);
                return null;
        }
    }

    /// <summary>The texts of the parts that are text, a line each; null where there is none.</summary>
    private static string? ReadParts(ChatReading reading)
    {
        var json = reading.Json;
        var start = json.Offset;
        var texts = new List<string>();
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Offset - start > json.MaxTokenBytes)
                reading.Reject("a content longer than the setting Parsing:MaxMessageBytes allows", start);
            if (json.Kind == JsonKind.Text)
                texts.Add(json.ReadText());
            if (json.Kind == JsonKind.Object && ReadPart(json) is { } text)
                texts.Add(text);
        }

        return texts.Count == 0 ? null : string.Join('\n', texts.Where(text => text.Length > 0));
    }

    private static string? ReadPart(JsonScanner json)
    {
        string? type = null, text = null;
        json.Enter();
        while (json.NextProperty())
        {
            var key = json.FindKey(PartKeys);
            if (key != JsonKeys.Other && json.Kind == JsonKind.Text)
                _ = key == 0 ? type = json.ReadLabel() : text = json.ReadText();
        }

        return type is null || type.EndsWith("text", StringComparison.Ordinal) ? text : null;
    }
}
