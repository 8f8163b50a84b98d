using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// The prototype's own shape: <c>{"messages": […]}</c>, an array of texts or of objects with a text, one conversation a file.
/// Every entry is a message, empty and null ones too, so that a client can lay labels beside its entries.
/// </summary>
internal sealed class PrototypeFormat : IChatFormat
{
    private const int Texts = 3;
    private const int Role = 6;
    private const int Times = 7;

    private static readonly JsonKeys RootKeys = new("messages", "type", "id");

    // Of several texts, authors or times of one entry the first in this order counts; an empty text only where there is no other.
    private static readonly JsonKeys EntryKeys =
        new("text", "content", "message", "author", "sender", "user", "role", "timestamp", "ts", "date", "created_at");

    /// <inheritdoc/>
    public string Id => "prototype";

    /// <inheritdoc/>
    public string Shape => """{"messages": ["text", …]} or {"messages": [{"text": …, "author": …, "timestamp": …}, …]}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object && sketch.KindsAt("messages").HasFlag(JsonKind.Array) && !ForeignMarks.In(sketch);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var json = reading.Json;
        var conversation = reading.Conversation(null);
        var seen = new bool[3];
        json.NextDocument();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            var key = json.FindKey(RootKeys);
            if (key != 0)
            {
                if (key != JsonKeys.Other)
                    seen[key] = true;
                if ((seen[1] && seen[2]) || json.FindKey(ForeignMarks.OfRoot) != JsonKeys.Other)
                    reading.Disown($"the key {json.ReadKey()} beside messages is another format's");
                continue;
            }

            if (json.Kind != JsonKind.Array || seen[0])
                reading.Reject(seen[0] ? "the key messages occurs twice" : "messages must be an array", json.Offset);
            seen[0] = true;
            var entries = reading.EnterList("messages");
            while (entries.Next())
                if (ReadEntry(reading, conversation) is { } message)
                    yield return message;

            reading.At(null);
        }

        if (reading.GoesOn && json.NextDocument())
            reading.Reject("more follows where the JSON has ended", json.Offset);
    }

    private static ParsedMessage? ReadEntry(ChatReading reading, ConversationRef conversation)
    {
        var json = reading.Json;
        switch (json.Kind)
        {
            case JsonKind.Text:
                return reading.Message(conversation, new() { Text = json.ReadText() });
            case JsonKind.Null:
                json.Skip();
                return reading.Message(conversation, new() { Text = "" });
            case JsonKind.Object:
                return ReadObject(reading, conversation);
            default:
                reading.Reject("an entry must be a text, null, or an object with text, content or message", json.Offset);
                return null;
        }
    }

    private static ParsedMessage? ReadObject(ChatReading reading, ConversationRef conversation)
    {
        var json = reading.Json;
        var start = json.Offset;
        string? text = null, author = null, role = null;
        SentTime? time = null;
        int textFrom = int.MaxValue, authorFrom = int.MaxValue, timeFrom = int.MaxValue;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            var key = json.FindKey(EntryKeys);
            if (key == JsonKeys.Other)
            {
                if (json.FindKey(ForeignMarks.OfEntry) != JsonKeys.Other)
                    reading.Disown($"the key {json.ReadKey()} of an entry is another format's");
            }
            else if (key < Texts)
            {
                if (json.Kind is not (JsonKind.Text or JsonKind.Null))
                    reading.Reject($"an entry's {json.ReadKey()} must be a text", json.Offset);
                if (json.Kind == JsonKind.Text && key <= textFrom && json.ReadText() is { Length: > 0 } read)
                    (text, textFrom) = (read, key);
                text ??= "";
            }
            else if (key >= Times)
            {
                if (key <= timeFrom && MessageTime.Read(reading, conversation) is { } read)
                    (time, timeFrom) = (read, key);
            }
            else if (ReadAuthor(reading) is { } name)
            {
                if (key == Role)
                    role = name.ToLowerInvariant();
                if (key <= authorFrom)
                    (author, authorFrom) = (name, key);
            }
        }

        if (text is null)
            reading.Reject("an entry without text, content or message", start);
        return text is null ? null : reading.Message(
            conversation, new() { Author = author, Role = role, Sent = time, Text = text });
    }

    private static string? ReadAuthor(ChatReading reading)
    {
        var json = reading.Json;
        switch (json.Kind)
        {
            case JsonKind.Text:
                return json.ReadLabel();
            case JsonKind.Number:
                return json.ReadScalarLabel();
            case JsonKind.Object or JsonKind.Array:
                reading.Disown($"{json.ReadKey()} of an entry is no name but {json.Kind}");
                return null;
            default:
                return null;
        }
    }
}
