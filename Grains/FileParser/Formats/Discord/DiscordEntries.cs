using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Discord;

/// <summary>Reads the entries of a list of messages that DiscordChatExporter wrote, one after the other.</summary>
/// <param name="reading">The walk.</param>
/// <param name="channel">The id of the channel that they are in.</param>
internal sealed class DiscordEntries(ChatReading reading, string? channel)
{
    private const int MostAttachments = 256;

    private static readonly JsonKeys Keys = new(
        "id", "type", "timestamp", "timestampEdited", "content", "author", "attachments", "stickers", "embeds", "reference",
        "forwardedMessage");

    private static readonly JsonKeys FileKeys = new("fileName", "name");
    private static readonly JsonKeys ReferenceKeys = new("messageId", "channelId", "type");

    // Kinds that the exporter has no name for come as Discord's numbers: 20 and 23 are answers to commands.
    private static readonly HashSet<string> Spoken = ["Default", "Reply", "0", "19", "20", "23"];

    private readonly List<string> _attachments = [];
    private readonly DiscordEmbeds _embeds = new(reading);
    private readonly DiscordAuthors _authors = new(reading);
    private DiscordAuthor _author = DiscordAuthor.Unknown;
    private SentTime? _sent;
    private string? _id;
    private string? _type;
    private string? _replyTo;
    private string? _content;
    private string? _forwarded;
    private bool _isEdited;
    private bool _hasMedia;

    /// <summary>Takes the entry at hand; null where it is no message.</summary>
    public ParsedMessage? Read(ConversationRef conversation)
    {
        if (!reading.EnterEntry("an entry must be an object with id, type and content"))
            return null;
        var json = reading.Json;
        Clear();
        while (reading.GoesOn && json.NextProperty())
            if (json.Kind != JsonKind.Null && json.FindKey(Keys) is not JsonKeys.Other and var key)
                Take(key, conversation);
        return reading.GoesOn ? Finish(conversation) : null;
    }

    private void Clear()
    {
        _attachments.Clear();
        _embeds.Clear();
        _author = DiscordAuthor.Unknown;
        _sent = null;
        _id = _type = _replyTo = _content = _forwarded = null;
        _isEdited = _hasMedia = false;
    }

    private void Take(int key, ConversationRef conversation)
    {
        var json = reading.Json;
        switch (key)
        {
            case 0:
                _id = json is { Kind: JsonKind.Text, WantsTexts: true } ? json.ReadText() : null;
                break;
            case 1:
                _type = json.Kind == JsonKind.Text ? json.ReadLabel() : null;
                break;
            case 2:
                _sent = MessageTime.Read(reading, conversation);
                break;
            case 3:
                _isEdited = true;
                break;
            case 4:
                _content = Text();
                break;
            case 5 when json.Kind == JsonKind.Object:
                _author = _authors.Take();
                break;
            case 6 or 7 when json.Kind == JsonKind.Array:
                TakeFiles();
                break;
            case 8 when json.Kind == JsonKind.Array && string.IsNullOrEmpty(_content):
                _embeds.Take();
                break;
            case 9 when json.Kind == JsonKind.Object:
                TakeReference();
                break;
            case 10 when json.Kind == JsonKind.Object:
                TakeForwarded();
                break;
            default:
                break;
        }
    }

    private string? Text()
    {
        var json = reading.Json;
        if (json.Kind == JsonKind.Text)
            return json.ReadText();
        if (json.Kind != JsonKind.Null)
            reading.Reject("content must be a text", json.Offset);
        return null;
    }

    private void TakeFiles()
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            _hasMedia = true;
            json.Enter();
            while (json.NextProperty())
                if (_attachments.Count < MostAttachments && json is { Kind: JsonKind.Text, WantsTexts: true }
                    && json.FindKey(FileKeys) != JsonKeys.Other)
                    _attachments.Add(json.ReadText());
        }
    }

    /// <summary>Takes what the message refers to: the one that it answers, unless it comes from elsewhere.</summary>
    private void TakeReference()
    {
        var json = reading.Json;
        string? message = null, from = null, type = null;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(ReferenceKeys), json.Kind)
            {
                case (0, JsonKind.Text):
                    message = json.ReadText();
                    break;
                case (1, JsonKind.Text):
                    from = json.ReadLabel();
                    break;
                case (2, JsonKind.Text):
                    type = json.ReadLabel();
                    break;
                default:
                    break;
            }

        _replyTo = type == "Forward" || (from is not null && channel is not null && from != channel) ? null : message;
    }

    private void TakeForwarded()
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(Keys))
            {
                case 4:
                    _forwarded = Text();
                    break;
                case 6 or 7 when json.Kind == JsonKind.Array:
                    TakeFiles();
                    break;
                case 8 when json.Kind == JsonKind.Array:
                    _embeds.Take();
                    break;
                default:
                    break;
            }
    }

    private ParsedMessage? Finish(ConversationRef conversation)
    {
        if (_type is not null && !Spoken.Contains(_type))
        {
            reading.Skip("system message");
            return null;
        }

        var text = string.IsNullOrEmpty(_forwarded) ? _content
            : string.IsNullOrEmpty(_content) ? _forwarded
            : $"{_content}\n{_forwarded}";
        if (string.IsNullOrEmpty(text))
            text = _embeds.Text;
        if (text.Length == 0)
        {
            reading.Skip(_hasMedia ? "media only" : "empty text");
            return null;
        }

        return reading.Message(conversation, new()
        {
            Text = text,
            Id = _id,
            Author = _author.Nickname ?? _author.Name,
            AuthorId = _author.Id,
            Role = _author.IsBot ? "bot" : null,
            Sent = _sent,
            ReplyTo = _replyTo,
            Attachments = _attachments.Count == 0 ? null : [.. _attachments],
            Edited = _isEdited,
        });
    }
}
