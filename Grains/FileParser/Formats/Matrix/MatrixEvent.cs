using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Matrix;

/// <summary>An event of a room, as far as it matters to what was said.</summary>
internal sealed class MatrixEvent
{
    private static readonly JsonKeys Keys = new(
        "type", "sender", "event_id", "room_id", "origin_server_ts", "state_key", "content", "unsigned", "redacted_because");

    private static readonly JsonKeys UnsignedKeys = new("redacted_because", "redacted_by", "m.relations");
    private static readonly JsonKeys RelationsKeys = new("m.replace");
    private static readonly JsonKeys ReplacementKeys = new("content");

    /// <summary>Its type, such as m.room.message.</summary>
    public string? Type { get; private set; }

    /// <summary>The id of the user who sent it.</summary>
    public string? Sender { get; private set; }

    /// <summary>Its id.</summary>
    public string? Id { get; private set; }

    /// <summary>The id of its room.</summary>
    public string? Room { get; private set; }

    /// <summary>When it was sent.</summary>
    public SentTime? Sent { get; private set; }

    /// <summary>What of the room's state it sets; null where it sets none.</summary>
    public string? StateKey { get; private set; }

    /// <summary>Its content; an empty one where it has none.</summary>
    public MatrixContent Content { get; private set; } = MatrixContent.None;

    /// <summary>Whether it was deleted.</summary>
    public bool IsRedacted { get; private set; }

    /// <summary>Whether the server says that it was edited.</summary>
    public bool IsReplaced { get; private set; }

    /// <summary>The content that the server says it was replaced by; null where it does not tell.</summary>
    public MatrixContent? Replacement { get; private set; }

    /// <summary>Takes the object at hand.</summary>
    public static MatrixEvent Read(ChatReading reading, ConversationRef? conversation)
    {
        var json = reading.Json;
        var found = new MatrixEvent();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            found.Take(reading, conversation);
        return found;
    }

    private void Take(ChatReading reading, ConversationRef? conversation)
    {
        var json = reading.Json;
        switch (json.FindKey(Keys), json.Kind)
        {
            case (0, JsonKind.Text):
                Type = json.ReadLabel();
                break;
            case (1, JsonKind.Text):
                Sender = json.ReadLabel();
                break;
            case (2, JsonKind.Text):
                Id = json.ReadLabel();
                break;
            case (3, JsonKind.Text):
                Room = json.ReadLabel();
                break;
            case (4, _):
                Sent = MessageTime.Read(reading, conversation);
                break;
            case (5, JsonKind.Text):
                StateKey = json.ReadLabel();
                break;
            case (6, JsonKind.Object):
                Content = MatrixContent.Read(json);
                break;
            case (7, JsonKind.Object):
                TakeUnsigned(json);
                break;
            case (8, not JsonKind.Null):
                IsRedacted = true;
                break;
            default:
                break;
        }
    }

    private void TakeUnsigned(JsonScanner json)
    {
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(UnsignedKeys), json.Kind)
            {
                case (0 or 1, not JsonKind.Null):
                    IsRedacted = true;
                    break;
                case (2, JsonKind.Object):
                    json.Enter();
                    while (json.NextProperty())
                        if (json.Kind == JsonKind.Object && json.FindKey(RelationsKeys) == 0)
                            TakeReplacement(json);
                    break;
                default:
                    break;
            }
    }

    private void TakeReplacement(JsonScanner json)
    {
        IsReplaced = true;
        json.Enter();
        while (json.NextProperty())
            if (json.Kind == JsonKind.Object && json.FindKey(ReplacementKeys) == 0)
                Replacement = MatrixContent.Read(json);
    }
}
