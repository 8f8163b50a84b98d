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
    private const string Reaction = "Reacted ";
    private const string ToMessage = " to your message";

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
        string? generated = null;
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
                    if (message.Sent is null && reading.GoesOn)
                        reading.Tally.Warn("a message without a time that can be read stays beside the one before it");
                    break;
                case 4 or 5:
                    text |= ReadText(json, message, ref generated);
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
            : text ? generated is null ? null : ReasonOf(generated, message.Author, shared || attached)
            : shared || attached ? "media only" : "empty text";
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
    private static bool ReadText(JsonScanner json, FoundMessage message, ref string? generated)
    {
        if (json.Kind == JsonKind.Null)
            return false;
        if (json.Kind != JsonKind.Text)
        {
            json.Reject("a message's text must be a text", json.Offset);
            return false;
        }

        var raw = json.ReadRawText();
        generated = raw.Length < LongestGenerated && MayBeGenerated(raw) ? Mojibake.Repair(JsonText.Decode(raw)) : null;
        if (json.WantsTexts)
            message.Text = Mojibake.Repair(JsonText.Decode(raw));
        return !raw.IsEmpty;
    }

    /// <summary>Whether a text looks as if the program had written it, as far as it does so in English.</summary>
    private static bool MayBeGenerated(ReadOnlySpan<byte> text) =>
        text.EndsWith(" sent an attachment."u8) || text.SequenceEqual("Liked a message"u8) || text.StartsWith("Reacted "u8);

    /// <summary>
    /// Why a text is no message, if it is none: the program wrote it in place of a share or a reaction. People write such sentences
    /// too, but not of themselves by name, and no reaction is a word.
    /// </summary>
    private static string? ReasonOf(string text, string? author, bool shared)
    {
        if (text == "Liked a message")
            return "system message";
        if (text.StartsWith(Reaction, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(Reaction.Length).TrimEnd(' ');
            return rest.EndsWith(ToMessage) && IsReaction(rest[..^ToMessage.Length]) ? "system message" : null;
        }

        var name = text.AsSpan(0, text.Length - " sent an attachment.".Length);
        return shared || name is "You" || (author is not null && (name.SequenceEqual(author) || name.SequenceEqual(FirstName(author))))
            ? "media only"
            : null;
    }

    private static ReadOnlySpan<char> FirstName(string author) =>
        author.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? author.AsSpan(0, space) : author;

    private static bool IsReaction(ReadOnlySpan<char> between)
    {
        foreach (var c in between)
            if (char.IsLetterOrDigit(c) || char.IsWhiteSpace(c))
                return false;
        return !between.IsEmpty;
    }

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
                message.Attach(whole[(whole.LastIndexOf('/') + 1)..]);
            }
        }

        return true;
    }
}
