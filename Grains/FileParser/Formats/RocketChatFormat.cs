using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Formats.RocketChat;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Rocket.Chat: messages <c>{_id, rid, msg, ts, u}</c> of its database, as lines or an array; the answer of its interface,
/// <c>{"messages": […]}</c>, where rid may be missing; and its own export of a room, lines of <c>{msg, username, ts}</c> without ids. The
/// interface answers with the newest first, and a database in any order.
/// </summary>
internal sealed class RocketChatFormat : IChatFormat
{
    private const string Mask = "User_";

    private static readonly JsonKeys RootKeys = new("messages");

    /// <inheritdoc/>
    public string Id => "rocketchat";

    /// <inheritdoc/>
    public string Shape => """lines, an array or {"messages": […]} of {"_id": …, "rid": …, "msg": …, "ts": …, "u": {"username": …}}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root switch
        {
            JsonKind.Array => HasMessages(sketch, "[]."),
            JsonKind.Object => HasMessages(sketch, "messages[].") || HasMessages(sketch, "") || IsRoom(sketch),
            _ => false,
        };

    /// <inheritdoc/>
    public bool Accompanies(SketchedFile file) => RocketChatRooms.AreIn(file.Sketch);

    /// <inheritdoc/>
    public object ReadCompanions(ChatReading reading) => RocketChatRooms.Read(reading);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var conversations = new BegunConversations(reading);
        return TimeOrder.Read(reading, Walk(reading, conversations), (_, _) => ReadEntry(reading, conversations));
    }

    private static IEnumerable<ParsedMessage> Walk(ChatReading reading, BegunConversations conversations)
    {
        var json = reading.Json;
        for (var line = 0; reading.NextLine(); line++)
        {
            if (json.Kind == JsonKind.Array && line == 0)
            {
                reading.Tally.Variant = "database, array";
                foreach (var message in ReadList(reading, "", conversations))
                    yield return message;
                if (reading.GoesOn && json.NextDocument())
                    reading.Reject("more follows where the JSON has ended", json.Offset);
                yield break;
            }

            if (json.Kind != JsonKind.Object)
                reading.Reject("a line must be an object with msg and ts", json.Offset);
            var start = json.Offset;
            var entry = new RocketChatEntry();
            var isAnswer = false;
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
            {
                if (json.FindKey(RootKeys) == JsonKeys.Other)
                {
                    entry.Take(reading, RocketChatEntry.FindKey(json));
                    continue;
                }

                if (isAnswer || json.Kind != JsonKind.Array)
                    reading.Reject(isAnswer ? "the key messages occurs twice" : "messages must be an array", json.Offset);
                isAnswer = true;
                reading.Tally.Variant = "interface";
                foreach (var message in ReadList(reading, "messages", conversations))
                    yield return message;
            }

            if (!reading.GoesOn || isAnswer)
                continue;
            reading.Tally.Variant ??= entry.Id is null ? "export of a room" : "database, lines";
            if (Message(reading, entry, start, conversations) is { } single)
                yield return single;
        }
    }

    private static bool HasMessages(FileSketch sketch, string at) =>
        sketch.Has(at + "msg") && sketch.Has(at + "ts") && sketch.KindsAt(at + "u").HasFlag(JsonKind.Object)
        && (sketch.Has(at + "_id") || sketch.Has(at + "rid"));

    private static bool IsRoom(FileSketch sketch) =>
        sketch.KindsAt("msg").HasFlag(JsonKind.Text) && sketch.KindsAt("username").HasFlag(JsonKind.Text)
        && sketch.KindsAt("ts").HasFlag(JsonKind.Text) && !sketch.Has("messages");

    private static IEnumerable<ParsedMessage> ReadList(ChatReading reading, string list, BegunConversations conversations)
    {
        var entries = reading.EnterList(list);
        while (entries.Next())
            if (ReadEntry(reading, conversations) is { } message)
                yield return message;

        reading.At(null);
    }

    private static ParsedMessage? ReadEntry(ChatReading reading, BegunConversations conversations)
    {
        var json = reading.Json;
        var start = json.Offset;
        if (!reading.EnterEntry("a message must be an object with msg and ts"))
            return null;
        var entry = new RocketChatEntry();
        while (reading.GoesOn && json.NextProperty())
            entry.Take(reading, RocketChatEntry.FindKey(json));
        return Message(reading, entry, start, conversations);
    }

    private static ParsedMessage? Message(
        ChatReading reading, RocketChatEntry entry, long start, BegunConversations conversations)
    {
        if (!entry.IsMessage)
            reading.Reject("a message without msg, ts and u", start);
        if (!reading.GoesOn)
            return null;
        if (SkipReason(entry) is { } reason)
        {
            reading.Skip(reason);
            return null;
        }

        if (entry.Sent is null)
            reading.Tally.Warn("messages without a time");
        if (entry.Id is null && IsMasked(entry.Author))
            reading.Tally.Assume("the names in a room's export are masked, such as User_1: they may be others in another export");
        if (ConversationOf(reading, entry, conversations) is not { } conversation)
            return null;
        reading.Place = start;
        return reading.Message(conversation, new()
        {
            Text = entry.Words!,
            Id = conversation.Id is null ? null : entry.Id,
            Author = entry.Alias ?? entry.Author,
            AuthorId = entry.AuthorId,
            Role = entry.IsBots ? "bot" : null,
            Sent = entry.Sent,
            ReplyTo = conversation.Id is null ? null : entry.Thread,
            Attachments = entry.Files,
            Edited = entry.Edited,
        });
    }

    /// <summary>The room; where none is named, that of the file, which a later export continues.</summary>
    private static ConversationRef? ConversationOf(ChatReading reading, RocketChatEntry entry, BegunConversations conversations)
    {
        if (conversations.TryGet(entry.Room ?? "", out var conversation))
            return conversation;
        if (entry.Room is null)
        {
            var name = reading.File.Name;
            var title = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? name[..^".json".Length] : name;

            // A room's own export may call its members by numbers that are others each time.
            var identity = entry.Id is null ? MessageIdentity.Time : MessageIdentity.AuthorAndTime;
            return conversations.Begin("", null, title.Length > 0 ? title : null, [], identity);
        }

        var (known, members) = (reading.Companion as RocketChatRooms)?.Find(entry.Room) ?? (null, []);
        return conversations.Begin(entry.Room, entry.Room, known, members);
    }

    /// <summary>Whether a name is User_ and a number.</summary>
    private static bool IsMasked(string? author) =>
        author?.StartsWith(Mask, StringComparison.Ordinal) == true
        && author.Length > Mask.Length && author.AsSpan(Mask.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string? SkipReason(RocketChatEntry entry) => entry switch
    {
        { Event: "e2e" or "otr" } => "encrypted message",
        { Event: "rm" } => "deleted message",
        { Event: not null } => "system message",
        { Hidden: true } => "hidden message",
        { Words: { Length: > 0 } } => null,
        { Files.Count: > 0 } => "media only",
        _ => "empty text",
    };
}
