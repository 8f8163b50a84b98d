using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Formats.Zulip;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Zulip's export of an organisation: <c>messages-000001.json</c> and so on, each <c>{"zerver_message": [{content, subject,
/// date_sent}]}</c>; what their numbers mean stands in realm.json. A conversation is a channel or a circle of people, and a topic is a
/// thread within it: topics are renamed and moved all the time, and messages would then be taken for new ones. Messages stand in the
/// order of their ids, in older exports of what one person may see twice over: it is that of time only as a rule.
/// </summary>
internal sealed class ZulipFormat : IChatFormat
{
    private const int MostFiles = 100;
    private const string UploadLink = "](/user_uploads/";

    private static readonly JsonKeys RootKeys = new("zerver_message");

    private static readonly JsonKeys MessageKeys =
        new("id", "sender", "recipient", "subject", "content", "date_sent", "pub_date", "last_edit_time");

    /// <inheritdoc/>
    public string Id => "zulip";

    /// <inheritdoc/>
    public string Shape => """{"zerver_message": [{"content": …, "subject": …, "date_sent": …}, …]}""";

    /// <inheritdoc/>
    public bool ReadsFolders => true;

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object && sketch.KindsAt("zerver_message").HasFlag(JsonKind.Array)
        && (sketch.Has("zerver_message[].content") || !sketch.Has("zerver_message[]"));

    /// <inheritdoc/>
    public bool Accompanies(SketchedFile file) => ZulipRealm.IsIn(file.Sketch);

    /// <inheritdoc/>
    public object ReadCompanions(ChatReading reading) => ZulipRealm.Read(reading);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var realm = reading.Companion as ZulipRealm ?? ZulipRealm.Unknown;
        var conversations = new BegunConversations(reading);
        return TimeOrder.Read(
            reading, Walk(reading, realm, conversations), (_, _) => ReadMessage(reading, realm, conversations));
    }

    private static IEnumerable<ParsedMessage> Walk(ChatReading reading, ZulipRealm realm, BegunConversations conversations)
    {
        if (realm.Id is null)
            reading.Tally.Assume("without realm.json people and channels go by their numbers, and are recognised by their messages");
        do
        {
            var json = reading.Json;
            var found = false;
            if (json.NextDocument() && json.Kind != JsonKind.Object)
                reading.Reject("the file must be an object with zerver_message", json.Offset);
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
            {
                if (json.FindKey(RootKeys) == JsonKeys.Other)
                    continue;
                if (found || json.Kind != JsonKind.Array)
                    reading.Reject(found ? "the key zerver_message occurs twice" : "zerver_message must be an array", json.Offset);
                found = true;
                var messages = reading.EnterList("zerver_message");
                while (messages.Next())
                    if (ReadMessage(reading, realm, conversations) is { } message)
                        yield return message;

                reading.At(null);
            }

            if (reading.GoesOn && json.NextDocument())
                reading.Reject("more follows where the JSON has ended", json.Offset);
        }
        while (reading.NextFile());
    }

    private static ParsedMessage? ReadMessage(ChatReading reading, ZulipRealm realm, BegunConversations conversations)
    {
        var json = reading.Json;
        var start = json.Offset;
        string? id = null, sender = null, recipient = null, topic = null, content = null;
        SentTime? sent = null;
        var edited = false;
        if (!reading.EnterEntry("a message must be an object with content"))
            return null;
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(MessageKeys), json.Kind)
            {
                case (0, JsonKind.Number):
                    id = json.ReadScalarLabel();
                    break;
                case (1, JsonKind.Number):
                    sender = json.ReadScalarLabel();
                    break;
                case (2, JsonKind.Number):
                    recipient = json.ReadScalarLabel();
                    break;
                case (3, JsonKind.Text):
                    topic = json.ReadLabel();
                    break;
                case (4, JsonKind.Text):
                    content = json.ReadLabel();
                    break;
                case (4, not JsonKind.Null):
                    reading.Reject("a message's content must be a text", json.Offset);
                    break;
                case (5 or 6, JsonKind.Number or JsonKind.Text):
                    sent = MessageTime.Read(reading);
                    break;
                case (7, not JsonKind.Null):
                    edited = true;
                    break;
                default:
                    break;
            }

        if (!reading.GoesOn)
            return null;
        var person = sender is null ? default : realm.Person(sender);
        var files = Uploads(content, out var hasWords);
        if (SkipReason(person.IsSystem, hasWords, files) is { } reason)
        {
            reading.Skip(reason);
            return null;
        }

        if (sent is null)
            reading.Tally.Warn("messages without a time");
        if (ConversationOf(reading, realm, sender, recipient, conversations) is not { } conversation)
            return null;
        reading.Place = start;
        return reading.Message(conversation, new()
        {
            Text = content!,
            Id = conversation.Id is null ? null : id,
            Author = person.Name ?? sender,
            AuthorId = sender,
            Role = person.IsBot ? "bot" : null,
            Sent = sent,
            ReplyTo = topic is null or "" or "\a" ? null : topic,
            Attachments = files,
            Edited = edited,
        });
    }

    private static string? SkipReason(bool isSystem, bool hasWords, List<string>? files) =>
        isSystem ? "system message" : hasWords ? null : files is null ? "empty text" : "media only";

    /// <summary>The names of uploads, which are links in the text; and whether the text holds more than them.</summary>
    private static List<string>? Uploads(string? content, out bool hasWords)
    {
        List<string>? names = null;
        hasWords = false;
        var rest = content.AsSpan();
        for (var link = rest.IndexOf(UploadLink); link >= 0; link = rest.IndexOf(UploadLink))
        {
            var open = rest[..link].LastIndexOf('[');
            var end = rest[link..].IndexOf(')');
            if (open < 0 || end < 0)
                break;
            if ((names ??= []).Count < MostFiles)
                names.Add(rest[(open + 1)..link].ToString());
            hasWords |= !rest[..open].TrimEnd('!').IsWhiteSpace();
            rest = rest[(link + end + 1)..];
        }

        hasWords |= names is null ? !rest.IsEmpty : !rest.IsWhiteSpace();
        return names;
    }

    private static ConversationRef? ConversationOf(
        ChatReading reading, ZulipRealm realm, string? sender, string? recipient, BegunConversations conversations)
    {
        var known = recipient is null ? null : realm.Recipient(recipient);
        IReadOnlyList<string> members = known switch
        {
            { Type: ZulipRecipient.Person, TypeId: var other } => [.. new[] { sender ?? other, other }.Distinct()],
            { Type: ZulipRecipient.Group } => realm.Members(recipient!),
            _ => [],
        };

        // From one person to another are two recipients, one a direction.
        var key = members.Count > 0 ? string.Join(',', members.Order(StringComparer.Ordinal)) : recipient ?? "";
        if (conversations.TryGet(key, out var conversation))
            return conversation;

        // Those without ids cannot be forgotten and begun again.
        if (realm.Id is null && conversations is { IsFull: true, Last: { } last })
        {
            reading.Tally.Warn($"more than {FoundEntries.MostConversations} recipients; those beyond are taken for one");
            return last;
        }

        List<string> names = [.. members.Select(member => realm.Person(member).Name ?? member)];
        var title = known is { Type: ZulipRecipient.Channel, TypeId: var channel } ? realm.Channel(channel)
            : names.Count > 0 ? string.Join(", ", names) : null;
        return realm.Id is null || recipient is null
            ? conversations.Begin(key, null, title, names, MessageIdentity.AuthorAndTime)
            : conversations.Begin(key, members.Count > 0 ? $"{realm.Id}/people {key}" : $"{realm.Id}/{key}", title, names);
    }
}
