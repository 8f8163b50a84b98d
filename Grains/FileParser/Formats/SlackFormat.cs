using System.Globalization;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats.Slack;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Slack's workspace export: a folder a conversation with an array of messages a day; beside the folders users.json, channels.json,
/// groups.json, dms.json and mpims.json, which tell who is who. A message is identified by its time, <c>ts</c>.
/// </summary>
internal sealed class SlackFormat : IChatFormat
{
    private const string DayForm = "yyyy-MM-dd";

    private static readonly HashSet<string> SystemSubtypes =
    [
        "bot_add", "bot_remove", "bot_enable", "bot_disable", "pinned_item", "unpinned_item", "file_mention", "reminder_add",
        "huddle_thread", "sh_room_created", "sh_room_shared", "message_changed", "ekm_access_denied",
    ];

    // A channel's subtypes, of which a private one has twins that begin with group_.
    private static readonly HashSet<string> ChannelEvents =
    [
        "join", "leave", "name", "topic", "purpose", "archive", "unarchive", "convert_to_private", "convert_to_public",
        "posting_permissions", "canvas_updated",
    ];

    /// <inheritdoc/>
    public string Id => "slack";

    /// <inheritdoc/>
    public string Shape => """a folder a conversation with [{"type": "message", "user": …, "text": …, "ts": "1355517523.000005"}] a day""";

    /// <inheritdoc/>
    public bool ReadsFolders => true;

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Array
        && sketch.KindsAt("[].ts").HasFlag(JsonKind.Text) && IsTs(sketch.TextAt("[].ts"))
        && (sketch.Has("[].text") || sketch.Has("[].type"))
        && !sketch.Has("[].msg") && !sketch.Has("[].rid");

    /// <inheritdoc/>
    public bool Accompanies(SketchedFile file) => SlackWorkspace.IsList(file.File.Name, file.Sketch);

    /// <inheritdoc/>
    public object ReadCompanions(ChatReading reading) => SlackWorkspace.Read(reading);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var workspace = reading.Companion as SlackWorkspace ?? SlackWorkspace.Unknown;
        var conversations = new Dictionary<string, ConversationRef>();
        var profiles = new SlackProfiles(reading);
        var mentions = new SlackMentions(workspace);
        do
        {
            var json = reading.Json;
            var name = ConversationName(reading.File, workspace);
            if (!conversations.TryGetValue(name, out var conversation))
                conversations[name] = conversation = Begin(reading, name, workspace);
            if (json.NextDocument() && json.Kind != JsonKind.Array)
                reading.Reject("a day's messages must be an array", json.Offset);
            var entries = reading.EnterList("");
            while (entries.Next())
                if (ReadMessage(reading, workspace, mentions, profiles, conversation) is { } message)
                    yield return message;

            reading.At(null);
            if (reading.GoesOn && json.NextDocument())
                reading.Reject("more follows where the JSON has ended", json.Offset);
        }
        while (reading.NextFile());
    }

    /// <summary>
    /// The folder's name; the file's where it is named for no day, as some programs write a file a channel, unless it is the folder
    /// that is known as a conversation. Empty where neither has a name.
    /// </summary>
    private static string ConversationName(ExportFile file, SlackWorkspace workspace)
    {
        var stem = file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? file.Name[..^".json".Length] : file.Name;
        var folder = file.Folder[(file.Folder.LastIndexOf('/') + 1)..];
        if (workspace.Find(stem) is not null)
            return stem;
        return BeginsWithDay(stem) || workspace.Find(folder) is not null || IsConversationId(folder) ? folder : stem;
    }

    /// <summary>Such as 2024-01-02, or 2024-01-02 (1) where a second one was saved beside it.</summary>
    private static bool BeginsWithDay(string stem) =>
        stem.Length >= DayForm.Length
        && DateOnly.TryParseExact(stem.AsSpan(0, DayForm.Length), DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Without an id, which a renaming leaves alone, the conversation is one that a later export continues.</summary>
    private static ConversationRef Begin(ChatReading reading, string name, SlackWorkspace workspace)
    {
        if (workspace.Find(name) is { } channel)
        {
            var members = channel.Members.Select(member => workspace.NameOf(member) ?? member).ToList();
            var title = channel.IsDirect && members.Count > 0 ? SlackText.Cut(string.Join(", ", members)) : channel.Name ?? channel.Id;
            return reading.Conversation(channel.Id, title, members);
        }

        if (IsConversationId(name))
            return reading.Conversation(name);
        reading.Tally.Assume("a conversation that channels.json and its like do not name is recognised in later exports by its messages");
        return reading.Conversation(null, name.Length == 0 ? null : name, identity: MessageIdentity.AuthorAndTime);
    }

    private static ParsedMessage? ReadMessage(
        ChatReading reading, SlackWorkspace workspace, SlackMentions mentions, SlackProfiles profiles, ConversationRef conversation)
    {
        if (!reading.EnterEntry("a message must be an object with text and ts"))
            return null;

        var entry = SlackEntry.Read(reading, workspace, mentions, profiles);
        var words = entry.Words(mentions);
        if (SkipReason(entry, words) is { } reason)
        {
            reading.Skip(reason);
            return null;
        }

        if (entry.Sent is null && reading.GoesOn)
            reading.Tally.Warn("messages without a time");
        var author = entry.User ?? entry.BotId;
        var known = workspace.NameOf(author) ?? entry.ProfileName;
        var isBot = entry.BotId is not null || entry.Subtype == "bot_message";
        return reading.Message(conversation, new()
        {
            Text = words!,
            Id = conversation.Id is null ? null : entry.Ts,
            Author = (isBot ? entry.Username ?? known : known ?? entry.Username) ?? author,
            AuthorId = author,
            Role = isBot ? "bot" : null,
            Sent = entry.Sent,
            ReplyTo = conversation.Id is null || entry.ThreadTs == entry.Ts ? null : entry.ThreadTs,
            Attachments = entry.Files,
            Edited = entry.Edited,
        });
    }

    /// <summary>Why an entry is no message; null where it is one.</summary>
    private static string? SkipReason(SlackEntry entry, string? words) => entry switch
    {
        { Subtype: "tombstone" or "message_deleted" } => "deleted message",
        { Subtype: { } subtype } when IsSystem(subtype) => "system message",
        { Type: not (null or "message") } or { User: "U00" } => "system message",
        { Hidden: true } => "hidden message",
        _ when !string.IsNullOrEmpty(words) => null,
        { HasFiles: true } => "media only",
        _ => "empty text",
    };

    private static bool IsSystem(string subtype) =>
        SystemSubtypes.Contains(subtype)
        || (subtype.IndexOf('_', StringComparison.Ordinal) is > 0 and var bar
            && subtype[..bar] is "channel" or "group" && ChannelEvents.Contains(subtype[(bar + 1)..]));

    /// <summary>Whether a text is seconds and a fraction; true where the sketch has missed it.</summary>
    private static bool IsTs(string? ts) =>
        ts is null
        || (ts.IndexOf('.', StringComparison.Ordinal) is >= 9 and var dot && dot < ts.Length - 1
            && ts.Where((c, i) => i != dot).All(char.IsAsciiDigit));

    /// <summary>Such as C061EG9SL: conversations without a name are in folders named so.</summary>
    private static bool IsConversationId(string name) =>
        name.Length is >= 9 and <= 15 && name[0] is 'C' or 'D' or 'G' && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))
        && name.Any(char.IsAsciiDigit);
}
