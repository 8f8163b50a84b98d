using ChatAnalysis.Grains.FileParser.Formats.Matrix;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// A room of Matrix as Element exports it: <c>{room_name, room_creator, topic, export_date, exported_by, messages[]}</c>, where the
/// messages are the room's events. It is walked through twice, because an edit is an event of its own that may come much later.
/// </summary>
internal sealed class MatrixFormat : IChatFormat
{
    private const int RoomName = 0;
    private const int Messages = 1;

    private static readonly JsonKeys RootKeys = new("room_name", "messages");

    /// <inheritdoc/>
    public string Id => "matrix";

    /// <inheritdoc/>
    public string Shape => """{"room_name": …, "messages": [{"type": "m.room.message", "sender": …, "content": {"body": …}}, …]}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object
        && sketch.KindsAt("messages").HasFlag(JsonKind.Array)
        && (sketch.Has("messages[].origin_server_ts")
            ? sketch.Has("messages[].sender") && sketch.Has("messages[].content")
            : sketch.Has("room_name") && sketch.Has("exported_by"));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var json = reading.Json;
        var room = new MatrixRoom(reading);
        string? name = null;
        JsonMark? messages = null;
        json.NextDocument();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(RootKeys))
            {
                case RoomName when json.Kind == JsonKind.Text:
                    name = json.ReadLabel();
                    break;
                case Messages:
                    if (messages is not null || json.Kind != JsonKind.Array)
                        reading.Reject(messages is null ? "messages must be an array" : "the key messages occurs twice", json.Offset);
                    messages = json.Mark();
                    Walk(reading, room.LookAhead);
                    break;
                default:
                    break;
            }

        if (messages is null || !reading.GoesOn)
            yield break;
        json.GoBack(messages.Value);
        var conversation = reading.Conversation(room.Id, name);
        var events = reading.EnterList("messages");
        while (events.Next())
            if (room.Read(conversation) is { } message)
                yield return message;

        reading.At(null);
        while (json.NextProperty())
            json.Skip();
        if (reading.GoesOn && json.NextDocument())
            reading.Reject("more follows where the JSON has ended", json.Offset);
    }

    private static void Walk(ChatReading reading, Action look)
    {
        var events = reading.EnterList("messages", counts: false);
        while (events.Next())
            look();

        reading.At(null);
    }
}
