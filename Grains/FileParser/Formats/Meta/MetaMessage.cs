using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Meta;

/// <summary>Reads a message of Messenger or Instagram, of either of their shapes.</summary>
/// <param name="reading">The walk.</param>
/// <param name="platform">Told what it sees.</param>
internal sealed class MetaMessage(ChatReading reading, MetaPlatform platform)
{
    private const int LongestName = 1000;
    private const int LongestGenerated = 300;
    private const int NamesKept = 1000;

    private static readonly JsonKeys Keys = new(
        "sender_name", "senderName", "timestamp_ms", "timestamp", "content", "text", "is_unsent", "isUnsent", "is_taken_down", "missed",
        "call_duration", "type", "share", "reactions", "ip", "sticker", "gifs", "files", "photos", "videos", "audio_files", "media");

    private static readonly JsonKeys AttachmentKeys = new("uri");
    private static readonly JsonKeys ShareKeys = new("link", "original_content_owner");
    private static readonly JsonKeys ReactionKeys = new("timestamp");

    private readonly Dictionary<string, string> _names = [];

    /// <summary>Takes the message at hand, an object.</summary>
    public FoundMessage Read(JsonScanner json)
    {
        var message = new FoundMessage();
        var (text, deleted, system, shared, attached) = (false, false, false, false, false);
        json.Enter();
        while (json.NextProperty())
        {
            var key = json.FindKey(Keys);
            switch (key)
            {
                case 0 or 1:
                    message.Author = ReadName(json);
                    break;
                case 2 or 3:
                    message.Sent = Milliseconds.Read(json);
                    if (message.Sent is null)
                        reading.Tally.Warn("a message without a time that can be read stays beside the one before it");
                    break;
                case 4 or 5:
                    text |= ReadText(json, message);
                    break;
                case 6 or 7 or 8:
                    deleted |= IsTrue(json);
                    break;
                case 9:
                    system |= IsTrue(json);
                    break;
                case 10:
                    system |= json.Kind == JsonKind.Number;
                    break;
                case 11:
                    ReadType(json, ref deleted, ref system);
                    break;
                case 12:
                    shared |= ReadShare(json);
                    break;
                case 13:
                    ReadReactions(json);
                    break;
                case 14:
                    platform.SeeMessenger();
                    break;
                case >= 15:
                    if (key <= 17)
                        platform.SeeMessenger();
                    attached |= ReadAttachments(json, message);
                    break;
                default:
                    break;
            }
        }

        // What was unsent is gone, even where the export still holds its text.
        message.Skipped = deleted ? "deleted message"
            : system ? "system message"
            : message.Skipped ?? (text ? null : shared || attached ? "media only" : "empty text");
        return message;
    }

    /// <summary>A name; null where there is none.</summary>
    public string? ReadName(JsonScanner json)
    {
        if (json.Kind != JsonKind.Text || json.ReadLabel() is not { Length: > 0 and <= LongestName } name)
            return null;
        if (_names.TryGetValue(name, out var repaired))
            return repaired;
        if (_names.Count == NamesKept)
            _names.Clear();
        return _names[name] = Mojibake.Repair(name);
    }

    /// <summary>Reads what was said; false where that is nothing.</summary>
    private static bool ReadText(JsonScanner json, FoundMessage message)
    {
        if (json.Kind == JsonKind.Null)
            return false;
        if (json.Kind != JsonKind.Text)
        {
            json.Reject("a message's text must be a text", json.Offset);
            return false;
        }

        var raw = json.ReadRawText();
        if (raw.Length < LongestGenerated)
            message.Skipped = Generated(raw);
        if (json.WantsTexts)
            message.Text = Mojibake.Repair(JsonText.Decode(raw));
        return !raw.IsEmpty;
    }

    /// <summary>What the program wrote in place of a share or a reaction, as far as it did so in English.</summary>
    private static string? Generated(ReadOnlySpan<byte> text) =>
        text.EndsWith(" sent an attachment."u8) ? "media only"
        : text.SequenceEqual("Liked a message"u8)
            || (text.StartsWith("Reacted "u8) && text.TrimEnd((byte)' ').EndsWith(" to your message"u8)) ? "system message"
        : null;

    private static bool IsTrue(JsonScanner json) => json.Kind == JsonKind.Boolean && json.ReadScalar().SequenceEqual("true"u8);

    private static void ReadType(JsonScanner json, ref bool deleted, ref bool system)
    {
        if (json.Kind != JsonKind.Text)
            return;
        var type = json.ReadRawText();
        deleted |= type.SequenceEqual("placeholder"u8);
        system |= type.SequenceEqual("Call"u8) || type.SequenceEqual("Subscribe"u8) || type.SequenceEqual("Unsubscribe"u8);
    }

    private bool ReadShare(JsonScanner json)
    {
        if (json.Kind != JsonKind.Object)
            return false;
        json.Enter();
        while (json.NextProperty())
            if (json.FindKey(ShareKeys) == 1 && json.Kind == JsonKind.Text)
                platform.SeeInstagram();
        return true;
    }

    private void ReadReactions(JsonScanner json)
    {
        if (platform.IsSure || json.Kind != JsonKind.Array)
            return;
        json.Enter();
        while (json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            json.Enter();
            while (json.NextProperty())
                if (json.FindKey(ReactionKeys) == 0)
                    platform.SeeInstagram();
        }
    }

    private bool ReadAttachments(JsonScanner json, FoundMessage message)
    {
        if (json.Kind == JsonKind.Object)
            return ReadAttachment(json, message);
        if (json.Kind != JsonKind.Array)
            return false;
        var any = false;
        json.Enter();
        while (json.NextElement())
            any |= json.Kind == JsonKind.Object && ReadAttachment(json, message);
        return any;
    }

    private bool ReadAttachment(JsonScanner json, FoundMessage message)
    {
        json.Enter();
        while (json.NextProperty())
        {
            if (json.FindKey(AttachmentKeys) != 0 || json.Kind != JsonKind.Text)
                continue;
            var path = json.ReadRawText();
            if (!platform.IsSure)
                platform.SeePath(path);
            if (json.WantsTexts)
            {
                var whole = Mojibake.Repair(JsonText.Decode(path));
                message.Attachments.Add(whole[(whole.LastIndexOf('/') + 1)..]);
            }
        }

        return true;
    }
}
