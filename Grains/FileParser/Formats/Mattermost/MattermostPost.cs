using System.Text;
using ChatAnalysis.Grains.FileParser.Formats.Slack;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Mattermost;

/// <summary>What was read of a post, a direct post or a reply.</summary>
internal sealed class MattermostPost
{
    private static readonly JsonKeys Keys = new(
        "team", "channel", "channel_members", "user", "type", "message", "props", "create_at", "edit_at", "replies", "attachments");

    private const int MostFiles = 100;
    private const int MostMembers = 1000;
    private const int MostReplies = 250_000;

    private static readonly JsonKeys PropsKeys = new("attachments", "override_username", "from_webhook", "from_bot");
    private static readonly JsonKeys AttachmentKeys = new("path");

    private string? _message;
    private StringBuilder? _words;

    /// <summary>The team of its channel.</summary>
    public string? Team { get; private set; }

    /// <summary>Its channel.</summary>
    public string? Channel { get; private set; }

    /// <summary>Those who take part in its direct conversation.</summary>
    public List<string>? Members { get; private set; }

    /// <summary>Who wrote it.</summary>
    public string? User { get; private set; }

    /// <summary>The name that a program gave itself.</summary>
    public string? OtherName { get; private set; }

    /// <summary>Whether a program wrote it.</summary>
    public bool IsBots { get; private set; }

    /// <summary>system_…, custom_… or empty; null in older exports.</summary>
    public string? Type { get; private set; }

    /// <summary>When it was sent.</summary>
    public SentTime? Sent { get; private set; }

    /// <summary>Whether it was edited.</summary>
    public bool Edited { get; private set; }

    /// <summary>Whether files came with it.</summary>
    public bool HasFiles { get; private set; }

    /// <summary>Their names.</summary>
    public List<string>? Files { get; private set; }

    /// <summary>What answers it.</summary>
    public List<MattermostPost>? Replies { get; private set; }

    /// <summary>What it says; a program's words may be in its attachments only.</summary>
    public string? Words => string.IsNullOrEmpty(_message) ? _words?.ToString() : _message;

    /// <summary>Where it begins in its file.</summary>
    public long Offset { get; private init; }

    /// <summary>Takes the post at hand, an object, with its replies.</summary>
    public static MattermostPost Read(ChatReading reading) => Read(reading, withReplies: true);

    /// <summary>Takes the post or reply at hand, an object, without what answers it.</summary>
    public static MattermostPost ReadAlone(ChatReading reading) => Read(reading, withReplies: false);

    private static MattermostPost Read(ChatReading reading, bool withReplies)
    {
        var json = reading.Json;
        var post = new MattermostPost { Offset = json.Offset };
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            if (json.FindKey(Keys) is 9 && withReplies)
                post.TakeReplies(reading);
            else
                post.Take(reading);
        }

        return post;
    }

    private void Take(ChatReading reading)
    {
        var json = reading.Json;
        switch (json.FindKey(Keys), json.Kind)
        {
            case (0, JsonKind.Text):
                Team = json.ReadLabel();
                break;
            case (1, JsonKind.Text):
                Channel = json.ReadLabel();
                break;
            case (2, JsonKind.Array):
                Members = ReadLabels(json);
                break;
            case (3, JsonKind.Text):
                User = json.ReadLabel() is { Length: > 0 } user ? user : null;
                break;
            case (4, JsonKind.Text):
                Type = json.ReadLabel();
                break;
            case (5, JsonKind.Text):
                _message = json.ReadText();
                break;
            case (5, not JsonKind.Null):
                reading.Reject("a post's message must be a text", json.Offset);
                break;
            case (6, JsonKind.Object):
                TakeProps(reading);
                break;
            case (7, _):
                Sent = MessageTime.Read(reading);
                break;
            case (8, JsonKind.Number):
                Edited = !json.ReadScalar().SequenceEqual("0"u8);
                break;
            case (10, JsonKind.Array):
                TakeFiles(json);
                break;
            default:
                break;
        }
    }

    /// <summary>All replies of one post: the post comes first, and its own keys may stand behind them.</summary>
    private void TakeReplies(ChatReading reading)
    {
        var json = reading.Json;
        if (json.Kind == JsonKind.Null)
            return;
        if (json.Kind != JsonKind.Array || Replies is not null)
            reading.Reject(Replies is null ? "replies must be an array" : "the key replies occurs twice", json.Offset);
        Replies = [];
        var replies = reading.EnterList("replies");
        while (replies.Next())
        {
            if (json.Kind != JsonKind.Object)
                reading.Reject("a reply must be an object with user, message and create_at", json.Offset);
            if (json.Offset - Offset > json.MaxTokenBytes)
                reading.Reject("a post with more replies than the setting Parsing:MaxMessageBytes allows", Offset);
            if (Replies.Count == MostReplies)
                reading.Reject($"a post with more than {MostReplies} replies", Offset);
            var reply = ReadAlone(reading);
            if (reading.GoesOn)
                Replies.Add(reply);
        }

        reading.At(null);
    }

    private void TakeProps(ChatReading reading)
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(PropsKeys), json.Kind)
            {
                case (0, JsonKind.Array) when string.IsNullOrEmpty(_message):
                    SlackAttachments.Append(_words ??= new(), reading, mentions: null);
                    break;
                case (1, JsonKind.Text):
                    OtherName = json.ReadLabel() is { Length: > 0 } name ? name : null;
                    break;
                case (2 or 3, JsonKind.Text):
                    IsBots |= json.ReadRawText().SequenceEqual("true"u8);
                    break;
                default:
                    break;
            }
    }

    private void TakeFiles(JsonScanner json)
    {
        json.Enter();
        while (json.NextElement())
        {
            HasFiles = true;
            if (json.Kind != JsonKind.Object)
                continue;
            json.Enter();
            while (json.NextProperty())
                if (json.FindKey(AttachmentKeys) == 0 && json.Kind == JsonKind.Text && json.WantsTexts)
                {
                    var path = json.ReadLabel();
                    if ((Files ??= []).Count < MostFiles)
                        Files.Add(path[(path.LastIndexOf('/') + 1)..]);
                }
        }
    }

    private static List<string> ReadLabels(JsonScanner json)
    {
        var labels = new List<string>();
        json.Enter();
        while (json.NextElement())
            if (json.Kind == JsonKind.Text && labels.Count < MostMembers)
                labels.Add(json.ReadLabel());
        return labels;
    }
}
