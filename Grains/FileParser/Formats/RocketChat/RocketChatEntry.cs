using System.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.RocketChat;

/// <summary>What was read of one message.</summary>
internal sealed class RocketChatEntry
{
    private static readonly JsonKeys Keys = new(
        "_id", "rid", "msg", "ts", "u", "username", "alias", "t", "type", "tmid", "editedAt", "file", "files", "attachments", "_hidden",
        "bot");

    private const int MostFiles = 100;

    private static readonly JsonKeys UserKeys = new("_id", "username", "name");
    private static readonly JsonKeys FileKeys = new("name");
    private static readonly JsonKeys AttachmentKeys = new("title", "title_link", "fileName", "text", "description", "message_link");
    private static readonly JsonKeys DateKeys = new("$date", "$numberLong");

    private string? _message;
    private StringBuilder? _words;

    /// <summary>Its id.</summary>
    public string? Id { get; private set; }

    /// <summary>Its room's id.</summary>
    public string? Room { get; private set; }

    /// <summary>Who wrote it, by id; by name where there is no other.</summary>
    public string? AuthorId { get; private set; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; private set; }

    /// <summary>The name that a program gave itself.</summary>
    public string? Alias { get; private set; }

    /// <summary>Which system event it is; null where somebody wrote it.</summary>
    public string? Event { get; private set; }

    /// <summary>When it was sent.</summary>
    public SentTime? Sent { get; private set; }

    /// <summary>The message that began its thread.</summary>
    public string? Thread { get; private set; }

    /// <summary>Whether it was edited.</summary>
    public bool Edited { get; private set; }

    /// <summary>Whether it is hidden from people.</summary>
    public bool Hidden { get; private set; }

    /// <summary>Whether a program wrote it.</summary>
    public bool IsBots { get; private set; }

    /// <summary>The names of what was attached.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Whether it is a message at all, by its keys.</summary>
    public bool IsMessage { get; private set; }

    /// <summary>What it says: the message, or else what its attachments are described by.</summary>
    public string? Words => string.IsNullOrEmpty(_message) ? _words?.ToString() : _message;

    /// <summary>Takes the key and value at hand.</summary>
    public void Take(ChatReading reading, int key)
    {
        var json = reading.Json;
        switch (key, json.Kind)
        {
            case (0, JsonKind.Text):
                Id = NonEmpty(json.ReadLabel());
                break;
            case (0, JsonKind.Object):
                Id = ReadObjectId(json);
                break;
            case (1, JsonKind.Text):
                Room = NonEmpty(json.ReadLabel());
                break;
            case (2, JsonKind.Text):
                _message = json.ReadText();
                IsMessage = true;
                break;
            case (2, not JsonKind.Null):
                reading.Reject("a message's msg must be a text", json.Offset);
                break;
            case (3, _):
                Sent = ReadTime(reading);
                IsMessage = true;
                break;
            case (4, JsonKind.Object):
                TakeUser(json);
                IsMessage = true;
                break;
            case (5, JsonKind.Text):
                Author ??= NonEmpty(json.ReadLabel());
                break;
            case (6, JsonKind.Text):
                Alias = NonEmpty(json.ReadLabel());
                break;
            case (7 or 8, JsonKind.Text):
                Event ??= NonEmpty(json.ReadLabel());
                break;
            case (9, JsonKind.Text):
                Thread = NonEmpty(json.ReadLabel());
                break;
            case (10, not JsonKind.Null):
                Edited = true;
                break;
            case (11, JsonKind.Object):
                TakeFile(json);
                break;
            case (12, JsonKind.Array):
                json.Enter();
                while (reading.GoesOn && json.NextElement())
                    if (json.Kind == JsonKind.Object)
                        TakeFile(json);
                break;
            case (13, JsonKind.Array):
                TakeAttachments(reading);
                break;
            case (14, JsonKind.Boolean):
                Hidden = json.ReadScalar().SequenceEqual("true"u8);
                break;
            case (15, JsonKind.Object):
                IsBots = true;
                break;
            case (15, JsonKind.Boolean):
                IsBots = json.ReadScalar().SequenceEqual("true"u8);
                break;
            default:
                break;
        }
    }

    /// <summary>Which of a message's keys leads to the value at hand.</summary>
    public static int FindKey(JsonScanner json) => json.FindKey(Keys);

    /// <summary>ISO 8601, or <c>{"$date": …}</c> with that, with milliseconds, or with <c>{"$numberLong": "…"}</c>.</summary>
    private static SentTime? ReadTime(ChatReading reading)
    {
        var json = reading.Json;
        if (json.Kind != JsonKind.Object)
            return MessageTime.Read(reading);
        SentTime? time = null;
        var open = 0;
        json.Enter();
        while (open >= 0 && reading.GoesOn)
        {
            if (!json.NextProperty())
                open--;
            else if (json.FindKey(DateKeys) == JsonKeys.Other)
                json.Skip();
            else if (json.Kind != JsonKind.Object)
                time = MessageTime.Read(reading);
            else
            {
                open++;
                json.Enter();
            }
        }

        return time;
    }

    /// <summary>A database's own id, <c>{"$oid": "…"}</c>.</summary>
    private static string? ReadObjectId(JsonScanner json)
    {
        string? id = null;
        json.Enter();
        while (json.NextProperty())
            if (json.Kind == JsonKind.Text)
                id = NonEmpty(json.ReadLabel());
        return id;
    }

    private void TakeUser(JsonScanner json)
    {
        string? username = null, name = null;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(UserKeys), json.Kind)
            {
                case (0, JsonKind.Text):
                    AuthorId = NonEmpty(json.ReadLabel());
                    break;
                case (1, JsonKind.Text):
                    username = NonEmpty(json.ReadLabel());
                    break;
                case (2, JsonKind.Text):
                    name = NonEmpty(json.ReadLabel());
                    break;
                default:
                    break;
            }

        AuthorId ??= username;
        Author = name ?? username;
    }

    private void TakeFile(JsonScanner json)
    {
        json.Enter();
        while (json.NextProperty())
            if (json.FindKey(FileKeys) == 0 && json.Kind == JsonKind.Text)
                AddFile(json.ReadLabel());
    }

    /// <summary>Files with their descriptions, what programs send, and messages that are quoted, which are another's words.</summary>
    private void TakeAttachments(ChatReading reading)
    {
        var json = reading.Json;
        var start = json.Offset;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            var values = new string?[6];
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
                if (json.Kind == JsonKind.Text && json.FindKey(AttachmentKeys) is >= 0 and var key)
                    values[key] = NonEmpty(json.ReadLabel());
            if (json.Offset - start > json.MaxTokenBytes)
                reading.Reject("attachments longer than the setting Parsing:MaxMessageBytes allows", start);
            var isFile = values[1] is not null || values[2] is not null;
            if (isFile && (values[2] ?? values[0]) is { } name)
                AddFile(name);
            if (values[5] is not null)
                continue;
            AddWords(isFile ? null : values[0]);
            AddWords(values[3]);
            AddWords(values[4]);
        }
    }

    private void AddFile(string name)
    {
        if (name.Length > 0 && Files.Count < MostFiles && !Files.Contains(name))
            Files.Add(name);
    }

    private void AddWords(string? words)
    {
        if (words is null)
            return;
        _words ??= new();
        if (_words.Length > 0)
            _words.Append('\n');
        _words.Append(words);
    }

    private static string? NonEmpty(string text) => text.Length > 0 ? text : null;
}
