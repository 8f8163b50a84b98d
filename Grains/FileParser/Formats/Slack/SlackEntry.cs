using System.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Slack;

/// <summary>What was read of one entry of a day's list.</summary>
internal sealed class SlackEntry
{
    private static readonly JsonKeys Keys = new(
        "type", "subtype", "user", "text", "ts", "thread_ts", "username", "bot_id", "edited", "files", "file", "attachments", "blocks",
        "user_profile", "bot_profile", "comment", "hidden");

    private const int MostFiles = 100;

    private static readonly JsonKeys FileKeys = new("name", "title", "initial_comment");
    private static readonly JsonKeys CommentKeys = new("user", "comment");

    private string? _comment;
    private bool _hasSingleFile;
    private JsonMark? _blocks;
    private JsonMark? _attachments;
    private JsonMark? _text;
    private StringBuilder? _words;

    /// <summary>message, as a rule.</summary>
    public string? Type { get; private set; }

    /// <summary>What kind of message; null for one that somebody just wrote.</summary>
    public string? Subtype { get; private set; }

    /// <summary>The id of who wrote it.</summary>
    public string? User { get; private set; }

    /// <summary>The id of the program that wrote it.</summary>
    public string? BotId { get; private set; }

    /// <summary>The name that a program gave itself.</summary>
    public string? Username { get; private set; }

    /// <summary>The name in the message itself, for those who are not on the lists.</summary>
    public string? ProfileName { get; private set; }

    /// <summary>The text as it is written.</summary>
    public string? Text { get; private set; }

    /// <summary>Its id, which is a time; empty where ids are not wanted yet.</summary>
    public string? Ts { get; private set; }

    /// <summary>The id of the message that began the thread.</summary>
    public string? ThreadTs { get; private set; }

    /// <summary>When it was sent.</summary>
    public SentTime? Sent { get; private set; }

    /// <summary>Whether it was edited.</summary>
    public bool Edited { get; private set; }

    /// <summary>Whether it is hidden from people.</summary>
    public bool Hidden { get; private set; }

    /// <summary>Whether files came with it, named or not.</summary>
    public bool HasFiles { get; private set; }

    /// <summary>The names of the files that came with it, once texts are wanted.</summary>
    public List<string>? Files { get; private set; }

    /// <summary>Takes the entry that was entered.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="workspace">Who is who.</param>
    /// <param name="mentions">The names of those whom it mentions.</param>
    /// <param name="profiles">The names in the messages so far of those who are not on the lists, by their ids.</param>
    public static SlackEntry Read(ChatReading reading, SlackWorkspace workspace, SlackMentions mentions, SlackProfiles profiles)
    {
        var json = reading.Json;
        var entry = new SlackEntry();
        mentions.Begin();
        while (reading.GoesOn && json.NextProperty())
            entry.Take(reading, workspace, profiles);
        if (entry.Subtype == "file_share" && entry._hasSingleFile && entry._comment is null)
            entry.GoBackForText(reading);
        else if (string.IsNullOrEmpty(entry.Text))
            entry.GoBackForWords(reading, mentions);
        if (entry.ProfileName is null && entry.User is { } user)
            entry.ProfileName = profiles.NameOf(user);
        return entry;
    }

    /// <summary>
    /// What people wrote. The text of an old file comment is made by Slack, as is that of most old uploads, and theirs is the comment;
    /// where a program left the text empty it is in the blocks or attachments.
    /// </summary>
    public string? Words(SlackMentions mentions) => Subtype switch
    {
        "file_comment" => _comment is null ? null : SlackText.Decode(_comment, mentions),
        "file_share" when _hasSingleFile && _comment is not null => SlackText.Decode(_comment, mentions),
        _ when !string.IsNullOrEmpty(Text) => SlackText.Decode(Text, mentions),
        _ => _words?.ToString(),
    };

    private void Take(ChatReading reading, SlackWorkspace workspace, SlackProfiles profiles)
    {
        var json = reading.Json;
        switch (json.FindKey(Keys), json.Kind)
        {
            case (0, JsonKind.Text):
                Type = json.ReadLabel();
                break;
            case (1, JsonKind.Text):
                Subtype = json.ReadLabel();
                break;
            case (2, JsonKind.Text):
                User = NonEmpty(json.ReadLabel());
                break;
            case (3, JsonKind.Text):
                _text = json.Mark();
                Text = json.ReadText();
                break;
            case (3, not JsonKind.Null):
                reading.Reject("a message's text must be a text", json.Offset);
                break;
            case (4, JsonKind.Text or JsonKind.Number):
                TakeTs(reading);
                break;
            case (5, JsonKind.Text):
                ThreadTs = json.WantsTexts ? json.ReadLabel() : null;
                break;
            case (6, JsonKind.Text):
                Username = NonEmpty(json.ReadLabel());
                break;
            case (7, JsonKind.Text):
                BotId = NonEmpty(json.ReadLabel());
                break;
            case (8, JsonKind.Object):
                Edited = true;
                break;
            case (9, JsonKind.Array):
                json.Enter();
                while (reading.GoesOn && json.NextElement())
                    TakeFile(reading);
                break;
            case (10, JsonKind.Object):
                _hasSingleFile = true;
                TakeFile(reading);
                break;
            case (11, JsonKind.Array):
                _attachments = json.Mark();
                break;
            case (12, JsonKind.Array):
                _blocks = json.Mark();
                break;
            case (13, JsonKind.Object) when User is not { } user || (workspace.NameOf(user) is null && profiles.NameOf(user) is null):
                ProfileName = SlackWorkspace.ReadProfile(json, out _);
                if (ProfileName is { } name && User is { } id)
                    profiles.Add(id, name);
                break;
            case (14, JsonKind.Object) when Username is null:
                ProfileName ??= SlackWorkspace.ReadProfile(json, out _);
                break;
            case (15, JsonKind.Object):
                TakeComment(json);
                break;
            case (16, JsonKind.Boolean):
                Hidden = json.ReadScalar().SequenceEqual("true"u8);
                break;
            default:
                break;
        }
    }

    /// <summary>An id, and exact: never a floating point number.</summary>
    private void TakeTs(ChatReading reading)
    {
        var json = reading.Json;
        var raw = json.Kind == JsonKind.Number ? json.ReadScalar() : json.ReadRawText();
        Sent = MessageTime.Parse(JsonText.Plain(raw), reading, conversation: null);
        if (json.WantsTexts && raw.Length > 0)
            Ts = JsonText.Decode(raw);
    }

    private void TakeFile(ChatReading reading)
    {
        var json = reading.Json;
        HasFiles = true;
        if (json.Kind != JsonKind.Object)
            return;
        string? name = null, title = null;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(FileKeys), json.Kind)
            {
                case (0, JsonKind.Text) when json.WantsTexts:
                    name = NonEmpty(json.ReadLabel());
                    break;
                case (1, JsonKind.Text) when json.WantsTexts:
                    title = NonEmpty(json.ReadLabel());
                    break;
                case (2, JsonKind.Object):
                    TakeComment(json);
                    break;
                default:
                    break;
            }

        if ((name ?? title) is { } known && (Files ??= []).Count < MostFiles)
            Files.Add(SlackText.Unescape(known));
    }

    /// <summary>The words of an old comment on a file; who wrote them may stand only here.</summary>
    private void TakeComment(JsonScanner json)
    {
        json.Enter();
        while (json.NextProperty())
        {
            var key = json.Kind == JsonKind.Text ? json.FindKey(CommentKeys) : JsonKeys.Other;
            if (key == 0)
                User ??= NonEmpty(json.ReadLabel());
            else if (key == 1)
                _comment = NonEmpty(json.ReadText());
        }
    }

    /// <summary>
    /// The text of an old upload without a comment, real in both runs: whether it is Slack's own sentence decides whether it is a message.
    /// </summary>
    private void GoBackForText(ChatReading reading)
    {
        var json = reading.Json;
        if (!reading.GoesOn || _text is not { } text)
            return;
        json.GoBack(text);
        Text = json.ReadLabel();
        if (IsUploadSentence(Text))
            Text = null;
        while (reading.GoesOn && json.NextProperty())
            json.Skip();
    }

    /// <summary>Such as <c>&lt;@U1|ann&gt; uploaded a file: &lt;https://…|name&gt;</c>.</summary>
    private static bool IsUploadSentence(string text) =>
        text.StartsWith("<@", StringComparison.Ordinal) && text.IndexOf('>', StringComparison.Ordinal) is > 0 and var end
        && text.AsSpan(end + 1) is var rest
        && (rest.StartsWith(" uploaded a file") || rest.StartsWith(" shared a file") || rest.StartsWith(" uploaded an image"));

    /// <summary>The blocks' words, or else the attachments': only now is it known that they are needed.</summary>
    private void GoBackForWords(ChatReading reading, SlackMentions mentions)
    {
        var json = reading.Json;
        if (!reading.GoesOn || (_blocks ?? _attachments) is null)
            return;
        if (_blocks is { } blocks)
        {
            json.GoBack(blocks);
            SlackBlocks.Append(_words ??= new(), reading, mentions);
        }

        if (_attachments is { } attachments && _words is not { Length: > 0 })
        {
            json.GoBack(attachments);
            SlackAttachments.Append(_words ??= new(), reading, mentions);
        }

        while (reading.GoesOn && json.NextProperty())
            json.Skip();
    }

    private static string? NonEmpty(string text) => text.Length > 0 ? text : null;
}
