using ChatAnalysis.Grains.FileParser.Formats.Mattermost;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Mattermost's bulk export: a line an object, the first <c>{"type": "version", "version": 1}</c>, then teams, channels, users, and
/// posts with their replies, in no order of time. Posts have no ids; author, channel and the millisecond identify them.
/// </summary>
internal sealed class MattermostFormat : IChatFormat
{
    private const int ConversationsKept = 50_000;

    private static readonly string[] LineTypes =
    [
        "version", "info", "role", "scheme", "emoji", "team", "channel", "user", "bot", "post", "direct_channel", "direct_post",
    ];

    private static readonly JsonKeys LineKeys = new("post", "direct_post", "channel", "user", "bot");

    /// <inheritdoc/>
    public string Id => "mattermost";

    /// <inheritdoc/>
    public string Shape => """lines, the first {"type": "version", "version": 1}, others {"type": "post", "post": {"user": …, "message": …}}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object
        && sketch.KindsAt("type").HasFlag(JsonKind.Text)
        && LineTypes.Contains(sketch.TextAt("type") ?? LineTypes[0])
        && (sketch.KindsAt("version").HasFlag(JsonKind.Number) || IsPost(sketch, "post") || IsPost(sketch, "direct_post"));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var json = reading.Json;
        var directory = new MattermostDirectory();
        var conversations = new Dictionary<string, ConversationRef>();
        var ids = new DerivedIds();
        while (reading.GoesOn && json.NextDocument())
        {
            if (json.Kind != JsonKind.Object)
                reading.Reject("a line must be an object with a type", json.Offset);
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
            {
                var key = json.FindKey(LineKeys);
                if (key is 0 or 1 && json.Kind != JsonKind.Object)
                    reading.Reject("a post must be an object with user, message and create_at", json.Offset);
                if (key is 0 or 1 && reading.GoesOn)
                {
                    var post = MattermostPost.Read(reading);
                    if (!reading.GoesOn)
                        yield break;
                    var conversation = ConversationOf(reading, post, directory, conversations);
                    foreach (var message in Messages(reading, post, conversation, directory, ids))
                        yield return message;
                }
                else if (key == 2 && json.Kind == JsonKind.Object)
                    directory.AddChannel(reading);
                else if (key is 3 or 4 && json.Kind == JsonKind.Object)
                    directory.AddUser(reading, isBot: key == 4);
            }
        }
    }

    private static bool IsPost(FileSketch sketch, string type) =>
        sketch.Has($"{type}.create_at") && sketch.Has($"{type}.message") && sketch.Has($"{type}.user");

    /// <summary>Two teams may have channels of one name; the members of a direct conversation come in any order, and twice.</summary>
    private static ConversationRef ConversationOf(
        ChatReading reading, MattermostPost post, MattermostDirectory directory, Dictionary<string, ConversationRef> conversations)
    {
        var members = post.Members?.Distinct().Order(StringComparer.Ordinal).ToList() ?? [];
        var id = members.Count > 0 ? string.Join(',', members) : post.Channel is null ? null : $"{post.Team}/{post.Channel}";
        if (conversations.TryGetValue(id ?? "", out var conversation))
            return conversation;
        if (id is null)
            reading.Tally.Warn("posts that name no channel");

        // One that is begun again has the same id, and so is the same.
        if (conversations.Count >= ConversationsKept)
            conversations.Clear();
        List<string> names = [.. members.Select(directory.NameOf)];
        var title = names.Count > 0 ? string.Join(", ", names)
            : post.Channel is null ? null : directory.ChannelName(post.Team ?? "", post.Channel);
        return conversations[id ?? ""] = reading.Conversation(id, title, names);
    }

    private static IEnumerable<ParsedMessage> Messages(
        ChatReading reading, MattermostPost post, ConversationRef conversation, MattermostDirectory directory, DerivedIds ids)
    {
        var id = IdOf(post, conversation, ids);
        var skipped = SkipReason(post);
        if (skipped is null)
            yield return Message(reading, post, conversation, directory, id, replyTo: null);
        else
            reading.Skip(skipped);
        foreach (var reply in post.Replies ?? [])
        {
            var replyId = IdOf(reply, conversation, ids);
            if (SkipReason(reply) is { } reason)
                reading.Skip(reason);
            else
                yield return Message(reading, reply, conversation, directory, replyId, skipped is null ? id : null);
        }
    }

    private static ParsedMessage Message(
        ChatReading reading, MattermostPost post, ConversationRef conversation, MattermostDirectory directory, string id, string? replyTo)
    {
        if (post.Type is null)
            reading.Tally.Assume("posts without a type are taken as people's: older exports do not tell system messages apart");
        if (post.Sent is null)
            reading.Tally.Warn("posts without a time");
        return reading.Message(conversation, new()
        {
            Text = post.Words!,
            Id = id,
            Author = post.OtherName ?? (post.User is null ? null : directory.NameOf(post.User)),
            AuthorId = post.User,
            Role = post.IsBots || (post.User is not null && directory.IsBot(post.User)) ? "bot" : null,
            Sent = post.Sent,
            ReplyTo = replyTo,
            Attachments = post.Files,
            Edited = post.Edited,
        });
    }

    private static string IdOf(MattermostPost post, ConversationRef conversation, DerivedIds ids) =>
        ids.Next(new MessageDraft { Text = "", AuthorId = post.User, Sent = post.Sent }, conversation.Ordinal).ToString();

    private static string? SkipReason(MattermostPost post) => post switch
    {
        { Type: { } type } when type.StartsWith("system_", StringComparison.Ordinal) => "system message",
        { Words: { Length: > 0 } } => null,
        { HasFiles: true } => "media only",
        _ => "empty text",
    };
}
