using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Mattermost;

/// <summary>Reads a bulk export, whose posts stand in the order of ids that are random, each with its replies.</summary>
/// <param name="reading">The walk.</param>
internal sealed class MattermostReading(ChatReading reading)
{
    private static readonly JsonKeys LineKeys = new("post", "direct_post", "channel", "user", "bot");

    private readonly MattermostDirectory _directory = new();
    private readonly BegunConversations _conversations = new(reading);
    private readonly DerivedIds _ids = new();

    // The posts that replies are to, where messages are put in order: 16 bytes for each, which the replies note by its number. The first
    // is none.
    private readonly List<DerivedId> _answered = [default];

    /// <summary>The messages of each conversation, in the order of time.</summary>
    public IEnumerable<ParsedMessage> Read() => TimeOrder.Read(reading, Walk(), Again, isStable: true);

    private IEnumerable<ParsedMessage> Walk()
    {
        var json = reading.Json;
        while (reading.NextLine())
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
                    // Of the post and its replies the last ones may be wanted, where the first are not.
                    json.WantsTexts = reading.MayWantTexts;
                    var post = MattermostPost.Read(reading);
                    if (!reading.GoesOn || ConversationOf(post) is not { } conversation)
                    {
                        reading.Lose(1 + (post.Replies?.Count ?? 0));
                        break;
                    }

                    foreach (var message in Messages(post, conversation))
                        yield return message;
                }
                else if (key == 2 && json.Kind == JsonKind.Object)
                    _directory.AddChannel(reading);
                else if (key is 3 or 4 && json.Kind == JsonKind.Object)
                    _directory.AddUser(reading, isBot: key == 4);
            }
        }
    }

    /// <summary>Reads a post or reply once more, whose id is known from the order in which all of them stand.</summary>
    private ParsedMessage? Again(ConversationRef conversation, int note)
    {
        var post = MattermostPost.ReadAlone(reading);
        DerivedId? answered = note == 0 ? null : _answered[note];
        return reading.GoesOn ? Message(post, conversation, DerivedIds.Of(Identity(post), reading.Before), answered) : null;
    }

    /// <summary>Two teams may have channels of one name; the members of a direct conversation come in any order, and twice.</summary>
    private ConversationRef? ConversationOf(MattermostPost post)
    {
        var members = post.Members?.Distinct().Order(StringComparer.Ordinal).ToList() ?? [];
        var id = members.Count > 0 ? string.Join(',', members) : post.Channel is null ? null : $"{post.Team}/{post.Channel}";
        if (_conversations.TryGet(id ?? "", out var conversation))
            return conversation;
        if (id is null)
            reading.Tally.Warn("posts that name no channel");
        List<string> names = [.. members.Select(_directory.NameOf)];
        var title = names.Count > 0 ? string.Join(", ", names)
            : post.Channel is null ? null : _directory.ChannelName(post.Team ?? "", post.Channel);
        return _conversations.Begin(id ?? "", id, title, names);
    }

    private IEnumerable<ParsedMessage> Messages(MattermostPost post, ConversationRef conversation)
    {
        var id = _ids.Next(Identity(post), conversation.Ordinal);
        var skipped = SkipReason(post);
        if (skipped is null)
            yield return Noted(post, conversation, id, answered: null, note: 0);
        else
            reading.Skip(skipped);

        var answered = skipped is null ? id : (DerivedId?)null;
        var note = 0;
        foreach (var reply in post.Replies ?? [])
        {
            var replyId = _ids.Next(Identity(reply), conversation.Ordinal);
            if (SkipReason(reply) is { } reason)
                reading.Skip(reason);
            else
                yield return Noted(reply, conversation, replyId, answered, note = note > 0 ? note : NoteOf(answered));
        }
    }

    private int NoteOf(DerivedId? answered)
    {
        if (!reading.IsToBeSorted || answered is not { } post)
            return 0;
        _answered.Add(post);
        return _answered.Count - 1;
    }

    private ParsedMessage Noted(MattermostPost post, ConversationRef conversation, DerivedId id, DerivedId? answered, int note)
    {
        if (post.Type is null)
            reading.Tally.Assume("posts without a type are taken as people's: older exports do not tell system messages apart");
        if (post.Sent is null)
            reading.Tally.Warn("posts without a time");
        (reading.Place, reading.Note, reading.Before) = (post.Offset, note, id.Before);
        return Message(post, conversation, id, answered);
    }

    private ParsedMessage Message(MattermostPost post, ConversationRef conversation, DerivedId id, DerivedId? answered) =>
        reading.Message(conversation, new()
        {
            Text = post.Words ?? "",
            Id = id.ToString(),
            Author = post.OtherName ?? (post.User is null ? null : _directory.NameOf(post.User)),
            AuthorId = post.User,
            Role = post.IsBots || (post.User is not null && _directory.IsBot(post.User)) ? "bot" : null,
            Sent = post.Sent,
            ReplyTo = answered?.ToString(),
            Attachments = post.Files,
            Edited = post.Edited,
        });

    private static MessageDraft Identity(MattermostPost post) => new() { Text = "", AuthorId = post.User, Sent = post.Sent };

    private static string? SkipReason(MattermostPost post) => post switch
    {
        { Type: { } type } when type.StartsWith("system_", StringComparison.Ordinal) => "system message",
        { Words: { Length: > 0 } } => null,
        { HasFiles: true } => "media only",
        _ => "empty text",
    };
}
