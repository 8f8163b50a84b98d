using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Signal;

/// <summary>Reads what stands in a chat of Signal.</summary>
internal sealed class SignalItem
{
    private const string NoMessage = "system message";
    private const int MostAttachments = 100;

    private static readonly JsonKeys Keys = new(
        "chatId", "authorId", "dateSent", "revisions", "standardMessage", "directStoryReplyMessage", "poll", "paymentNotification",
        "stickerMessage", "contactMessage", "viewOnceMessage", "remoteDeletedMessage", "adminDeletedMessage");

    private static readonly JsonKeys BodyKeys = new(
        "text", "textReply", "emoji", "question", "note", "attachments", "quote", "body", "pointer", "fileName", "contentType", "caption");

    private static readonly JsonKeys QuoteKeys = new("targetSentTimestamp", "authorId");
    private static readonly JsonKeys RevisionKeys = new("dateSent");

    private readonly List<string> _attachments = [];

    /// <summary>The number of its chat.</summary>
    public string? Chat { get; private set; }

    /// <summary>The number of its author.</summary>
    public string? Author { get; private set; }

    /// <summary>When it was sent: of an edited message, when it was sent first.</summary>
    public SentTime? Sent { get; private set; }

    /// <summary>Whether it was edited.</summary>
    public bool Edited { get; private set; }

    /// <summary>What was said; empty where nothing was.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The number of the author of the message that it answers.</summary>
    public string? QuotedAuthor { get; private set; }

    /// <summary>When the message that it answers was sent.</summary>
    public SentTime? QuotedSent { get; private set; }

    /// <summary>What was attached: names, or else kinds.</summary>
    public IReadOnlyList<string> Attachments => _attachments;

    /// <summary>Why it is no message; null where it is one.</summary>
    public string? Skipped { get; private set; } = NoMessage;

    /// <summary>Takes the item at hand, an object.</summary>
    public static SignalItem Read(JsonScanner json)
    {
        var item = new SignalItem();
        SentTime? last = null, first = null;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(Keys))
            {
                case >= 4 when json.Kind == JsonKind.Null:
                    item.Skipped = item.Skipped == NoMessage ? "null entry" : item.Skipped;
                    break;
                case 0:
                    item.Chat = SignalRecipients.ReadLabel(json);
                    break;
                case 1:
                    item.Author = SignalRecipients.ReadLabel(json);
                    break;
                case 2:
                    last = Milliseconds.Read(json);
                    break;
                case 3:
                    first = item.ReadRevisions(json);
                    break;
                case 4 or 5 or 6:
                    item.ReadMessage(json, whenEmpty: "empty text");
                    break;
                case 7:
                    item.ReadMessage(json, whenEmpty: "system message");
                    break;
                case 8 or 9 or 10:
                    item.Skipped = "media only";
                    break;
                case 11 or 12:
                    item.Skipped = "deleted message";
                    break;
                default:
                    break;
            }

        item.Sent = first ?? last;
        return item;
    }

    private void ReadMessage(JsonScanner json, string whenEmpty)
    {
        if (json.Kind != JsonKind.Object)
        {
            json.Reject("a message must be an object", json.Offset);
            return;
        }

        string? caption = null;
        ReadBody(json, ref caption);
        if (Text.Length == 0 && caption is not null)
            Text = caption;
        Skipped = Text.Length > 0 ? null : Attachments.Count > 0 ? "media only" : whenEmpty;
    }

    /// <summary>Reads the parts of a message, which hold each other: a text has a body, a reply has a text.</summary>
    private void ReadBody(JsonScanner json, ref string? caption)
    {
        var depth = 1;
        json.Enter();
        while (depth > 0)
        {
            if (!json.NextProperty())
            {
                depth--;
                continue;
            }

            switch (json.FindKey(BodyKeys), json.Kind)
            {
                case (0 or 1, JsonKind.Object):
                    json.Enter();
                    depth++;
                    break;
                case (2 or 3 or 4 or 7, JsonKind.Text):
                    Text = json.ReadText();
                    break;
                case (0 or 7, not JsonKind.Null):
                    json.Reject("a message's text must be an object with a text as its body", json.Offset);
                    break;
                case (5, JsonKind.Array):
                    caption = ReadAttachments(json) ?? caption;
                    break;
                case (6, JsonKind.Object):
                    ReadQuote(json);
                    break;
                default:
                    break;
            }
        }
    }

    private string? ReadAttachments(JsonScanner json)
    {
        string? caption = null;
        json.Enter();
        while (json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            string? name = null, kind = null;
            json.Enter();
            while (json.NextProperty())
            {
                if (json.FindKey(BodyKeys) != 8 || json.Kind != JsonKind.Object)
                    continue;
                json.Enter();
                while (json.NextProperty())
                    switch (json.FindKey(BodyKeys), json.Kind)
                    {
                        case (9, JsonKind.Text):
                            name = SignalRecipients.ReadLabel(json);
                            break;
                        case (10, JsonKind.Text):
                            kind = SignalRecipients.ReadLabel(json);
                            break;
                        case (11, JsonKind.Text):
                            caption = json.ReadText() is { Length: > 0 } text ? text : caption;
                            break;
                        default:
                            break;
                    }
            }

            if (_attachments.Count < MostAttachments)
                _attachments.Add(name ?? kind ?? "attachment");
        }

        return caption;
    }

    private void ReadQuote(JsonScanner json)
    {
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(QuoteKeys))
            {
                case 0:
                    QuotedSent = Milliseconds.Read(json);
                    break;
                case 1:
                    QuotedAuthor = SignalRecipients.ReadLabel(json);
                    break;
                default:
                    break;
            }
    }

    /// <summary>When the first of the earlier texts was sent.</summary>
    private SentTime? ReadRevisions(JsonScanner json)
    {
        SentTime? first = null;
        if (json.Kind != JsonKind.Array)
            return null;
        json.Enter();
        while (json.NextElement())
        {
            Edited = true;
            if (first is not null || json.Kind != JsonKind.Object)
                continue;
            json.Enter();
            while (json.NextProperty())
                if (json.FindKey(RevisionKeys) == 0)
                    first = Milliseconds.Read(json);
        }

        return first;
    }
}
