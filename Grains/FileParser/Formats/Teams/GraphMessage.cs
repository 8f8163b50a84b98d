using System.Text;
using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Teams;

/// <summary>Reads a chatMessage as Microsoft Graph gives it, in its own spelling or with capitals as compliance exports write it.</summary>
/// <param name="reading">The walk.</param>
/// <param name="walkReplies">Takes the replies that stand within a message, where Graph was asked for them.</param>
internal sealed class GraphMessage(ChatReading reading, Action walkReplies)
{
    private const string EventMark = "<systemEventMessage/>";

    // Some compliance exports write numbers for names: of types of messages 0 is message, of types of contents text.
    private const string FirstOfEnum = "0";

    // Each key twice, with a small letter and with a capital: the number of the pair is half the number of the key.
    private static readonly JsonKeys Keys = Both(
        "id", "replyToId", "messageType", "createdDateTime", "lastEditedDateTime", "deletedDateTime", "subject", "chatId",
        "channelIdentity", "from", "body", "attachments", "replies");

    private static readonly JsonKeys ChannelKeys = Both("teamId", "channelId");
    private static readonly JsonKeys SenderKeys = Both("user", "application");
    private static readonly JsonKeys PersonKeys = Both("id", "displayName");
    private static readonly JsonKeys BodyKeys = Both("contentType", "content");
    private static readonly JsonKeys AttachmentKeys = Both("contentType", "id", "name");

    private bool _inReplies;
    private string? _post;

    /// <summary>The chat or channel of the message that was read last; null where it names none.</summary>
    public string? Conversation { get; private set; }

    /// <summary>Takes the message at hand, an object.</summary>
    public FoundMessage Read(JsonScanner json)
    {
        var message = new FoundMessage();
        string? type = null, subject = null, content = null, channel = null, chat = null;
        var (deleted, isHtml, quoted) = (false, true, (string?)null);
        JsonMark? replies = null;
        json.Enter();
        while (json.NextProperty())
            switch (Find(json, Keys), json.Kind)
            {
                case (0, _):
                    message.Id = PersonalMessage.ReadLabel(json);
                    break;
                case (1, _):
                    message.ReplyTo = PersonalMessage.ReadLabel(json);
                    break;
                case (2, _):
                    type = PersonalMessage.ReadLabel(json);
                    break;
                case (3, JsonKind.Text):
                    message.Sent = MessageTime.Parse(JsonText.Plain(json.ReadRawText()), reading, null);
                    break;
                case (4, JsonKind.Text):
                    message.Edited = true;
                    break;
                case (5, JsonKind.Text):
                    deleted = true;
                    break;
                case (6, JsonKind.Text):
                    subject = json.ReadLabel();
                    break;
                case (7, _):
                    chat = PersonalMessage.ReadLabel(json);
                    break;
                case (8, JsonKind.Object):
                    channel = ReadChannel(json);
                    break;
                case (9, JsonKind.Object):
                    ReadSender(json, message);
                    break;
                case (10, JsonKind.Object):
                    (isHtml, content) = ReadBody(json);
                    break;
                case (10, not JsonKind.Null):
                    json.Reject("a message's body must be an object with a content", json.Offset);
                    break;
                case (11, JsonKind.Array):
                    quoted = ReadAttachments(json, message);
                    break;
                case (12, JsonKind.Array) when !_inReplies && json == reading.Json:
                    replies = json.Mark();
                    reading.PassOverForNow(replies.Value);
                    break;
                default:
                    break;
            }

        if (replies is { } mark)
            ReadReplies(json, mark, chat ?? channel);
        Conversation = chat ?? channel ?? (_inReplies ? _post : null);
        Place(message);
        message.Skipped = deleted ? "deleted message"
            : content == EventMark || !(type is null or FirstOfEnum || Is(type, "message")) ? "system message"
            : null;
        if (message.Skipped is null)
        {
            Fill(
                message,
                subject,
                isHtml ? TeamsMarkup.Read(content ?? "", keepsLines: false) : TeamsContent.Plain((content ?? "").Trim()),
                quoted);
        }

        return message;
    }

    private static JsonKeys Both(params string[] keys) =>
        new([.. keys.SelectMany(key => (string[])[key, char.ToUpperInvariant(key[0]) + key[1..]])]);

    private static int Find(JsonScanner json, JsonKeys keys) => json.FindKey(keys) is >= 0 and var key ? key / 2 : JsonKeys.Other;

    private static bool Is(string type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the replies of a post once its conversation is known, which theirs is where they name none.</summary>
    private void ReadReplies(JsonScanner json, JsonMark replies, string? post)
    {
        json.GoBack(replies);
        (_inReplies, _post) = (true, post);
        walkReplies();
        _inReplies = false;
        while (json.NextProperty())
            json.Skip();
    }

    /// <summary>A time that cannot be read is made up for by the id, which is the time in milliseconds.</summary>
    private void Place(FoundMessage message)
    {
        if (message.Sent is not null || !reading.GoesOn)
            return;
        if (message.Id is { Length: 13 } id)
            message.Sent = Milliseconds.Parse(Encoding.UTF8.GetBytes(id));
        reading.Tally.Warn(message.Sent is null
            ? "a message without a time that can be read stays beside the one before it"
            : "a message's time cannot be read and was taken from its id");
    }

    private static void Fill(FoundMessage message, string? subject, TeamsContent body, string? quoted)
    {
        message.Text = string.IsNullOrEmpty(subject) ? body.Text : $"{subject}\n{body.Text}".TrimEnd();
        message.ReplyTo ??= quoted ?? body.ReplyTo;
        foreach (var name in body.Attachments)
            message.Attach(name);
        if (message.Text.Length == 0)
            message.Skipped = message.Attachments.Count > 0 ? "media only" : "empty text";
    }

    private static string? ReadChannel(JsonScanner json)
    {
        string? team = null, channel = null;
        json.Enter();
        while (json.NextProperty())
            switch (Find(json, ChannelKeys))
            {
                case 0:
                    team = PersonalMessage.ReadLabel(json);
                    break;
                case 1:
                    channel = PersonalMessage.ReadLabel(json);
                    break;
                default:
                    break;
            }

        return channel is null ? null : $"{team}/{channel}";
    }

    private static void ReadSender(JsonScanner json, FoundMessage message)
    {
        json.Enter();
        while (json.NextProperty())
        {
            if (Find(json, SenderKeys) == JsonKeys.Other || json.Kind != JsonKind.Object)
                continue;
            json.Enter();
            while (json.NextProperty())
                switch (Find(json, PersonKeys))
                {
                    case 0:
                        message.AuthorId = PersonalMessage.ReadLabel(json) ?? message.AuthorId;
                        break;
                    case 1:
                        message.Author = PersonalMessage.ReadLabel(json) ?? message.Author;
                        break;
                    default:
                        break;
                }
        }
    }

    private static (bool IsHtml, string? Content) ReadBody(JsonScanner json)
    {
        var (isHtml, content) = (true, (string?)null);
        json.Enter();
        while (json.NextProperty())
            switch (Find(json, BodyKeys), json.Kind)
            {
                case (0, _):
                    isHtml = !(PersonalMessage.ReadLabel(json) is { } type && (type == FirstOfEnum || Is(type, "text")));
                    break;
                case (1, JsonKind.Text):
                    content = json.ReadLabel();
                    break;
                case (1, not JsonKind.Null):
                    json.Reject("a body's content must be a text", json.Offset);
                    break;
                default:
                    break;
            }

        return (isHtml, content);
    }

    /// <summary>Notes the names of files.</summary>
    /// <returns>The id of the message that is quoted; null where none is.</returns>
    private static string? ReadAttachments(JsonScanner json, FoundMessage message)
    {
        string? quoted = null;
        json.Enter();
        while (json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            string? type = null, id = null, name = null;
            json.Enter();
            while (json.NextProperty())
                switch (Find(json, AttachmentKeys))
                {
                    case 0:
                        type = PersonalMessage.ReadLabel(json);
                        break;
                    case 1:
                        id = PersonalMessage.ReadLabel(json);
                        break;
                    case 2:
                        name = PersonalMessage.ReadLabel(json);
                        break;
                    default:
                        break;
                }

            if (type == "messageReference")
                quoted = id;
            else
                message.Attach(name ?? type ?? "attachment");
        }

        return quoted;
    }
}
