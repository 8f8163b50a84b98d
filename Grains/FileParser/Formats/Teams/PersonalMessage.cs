using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Teams;

/// <summary>Reads a message of the personal export of Teams or Skype.</summary>
/// <param name="reading">The walk.</param>
internal sealed class PersonalMessage(ChatReading reading)
{
    private const int LongestLabel = 1000;
    private const string EditMark = "Edited previous message: ";

    private static readonly JsonKeys Keys = new(
        "id", "displayName", "originalarrivaltime", "messagetype", "content", "from", "properties");

    private static readonly JsonKeys PropertyKeys = new("deletetime", "edittime");

    /// <summary>Takes the message at hand, an object.</summary>
    public FoundMessage Read(JsonScanner json)
    {
        var message = new FoundMessage();
        string? type = null, content = null;
        var deleted = false;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(Keys))
            {
                case 0:
                    message.Id = ReadLabel(json);
                    break;
                case 1:
                    message.Author = ReadLabel(json);
                    break;
                case 2 when json.Kind == JsonKind.Text:
                    message.Sent = MessageTime.Parse(JsonText.Plain(json.ReadRawText()), reading, null);
                    break;
                case 3:
                    type = ReadLabel(json);
                    break;
                case 4 when json.Kind == JsonKind.Text:
                    content = json.ReadLabel();
                    break;
                case 4 when json.Kind != JsonKind.Null:
                    json.Reject("content must be a text", json.Offset);
                    break;
                case 5:
                    message.AuthorId = ReadLabel(json) is { } from ? from[(from.LastIndexOf('/') + 1)..] : null;
                    break;
                case 6 when json.Kind == JsonKind.Object:
                    ReadProperties(json, message, ref deleted);
                    break;
                default:
                    break;
            }

        if (message.Sent is null && reading.GoesOn)
            reading.Tally.Warn("a message without a time that can be read stays beside the one before it");
        message.Author ??= message.AuthorId;
        message.Skipped = deleted ? "deleted message" : ReasonOf(type);
        if (message.Skipped is null)
            Fill(message, type, content ?? "");
        return message;
    }

    /// <summary>A short text or number; null where it is none.</summary>
    public static string? ReadLabel(JsonScanner json) => json.Kind switch
    {
        JsonKind.Text => json.ReadLabel() is { Length: > 0 and <= LongestLabel } label ? label : null,
        JsonKind.Number => json.ReadScalarLabel(),
        _ => null,
    };

    /// <summary>Why entries of a type are no messages; null where they are.</summary>
    private static string? ReasonOf(string? type) => type switch
    {
        null or "Text" or "RichText" or "RichText/Html" => null,
        _ when type.StartsWith("EndToEndEncryption/", StringComparison.Ordinal) => "encrypted message",
        _ when type.StartsWith("RichText/", StringComparison.Ordinal) => "media only",
        _ => "system message",
    };

    private static void Fill(FoundMessage message, string? type, string content)
    {
        var read = type == "Text" ? TeamsContent.Plain(content.Trim()) : TeamsMarkup.Read(content, keepsLines: type != "RichText/Html");
        message.Edited |= read.Edited;
        message.Text = read.Edited && read.Text.StartsWith(EditMark, StringComparison.Ordinal) ? read.Text[EditMark.Length..] : read.Text;
        message.ReplyTo = read.ReplyTo;
        foreach (var name in read.Attachments)
            message.Attach(name);
        if (message.Text.Length == 0)
            message.Skipped = message.Attachments.Count > 0 ? "media only" : "empty text";
    }

    private static void ReadProperties(JsonScanner json, FoundMessage message, ref bool deleted)
    {
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(PropertyKeys))
            {
                case 0:
                    deleted |= ReadLabel(json) is not (null or "0");
                    break;
                case 1:
                    message.Edited |= ReadLabel(json) is not (null or "0");
                    break;
                default:
                    break;
            }
    }
}
