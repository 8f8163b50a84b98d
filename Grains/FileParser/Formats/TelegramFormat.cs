using ChatAnalysis.Grains.FileParser.Formats.Telegram;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Telegram Desktop's result.json: one chat, <c>{name, type, id, messages[]}</c>, or a whole account, which has such chats in
/// <c>chats.list[]</c> and <c>left_chats.list[]</c>. It is not always JSON: see <see cref="JsonScanner.Tolerant"/>.
/// </summary>
internal sealed class TelegramFormat : IChatFormat
{
    private const int Name = 0;
    private const int Type = 1;
    private const int Id = 2;
    private const int Messages = 3;

    private static readonly JsonKeys ChatKeys = new("name", "type", "id", "messages", "chats", "left_chats");
    private static readonly JsonKeys ListKeys = new("list");

    // What Telegram Desktop writes no name for.
    private static readonly string[] Nameless = ["saved_messages", "replies", "verify_codes"];

    private static readonly string[] EntryMarks = ["from_id", "actor_id", "date_unixtime", "text_entities"];

    private static readonly string[] AccountMarks = ["profile_pictures", "contacts", "frequent_contacts", "sessions", "web_sessions"];

    /// <inheritdoc/>
    string IChatFormat.Id => "telegram";

    /// <inheritdoc/>
    public string Shape => """{"name": …, "type": "personal_chat", "id": 1, "messages": [{"id": 1, "from": …, "text": …}, …]}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object && sketch.Documents == 1 && (IsChat(sketch) || IsAccount(sketch));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var json = reading.Json;
        json.Tolerant = true;
        json.NextDocument();
        foreach (var message in ReadChat(reading, new TelegramEntries(reading), list: null))
            yield return message;
        reading.At(null);
        if (reading.GoesOn && json.NextDocument())
            reading.Reject("more follows where the JSON has ended", json.Offset);
        if (json.Tolerated is not null)
            reading.Tally.Warn("the file is not quite JSON, as Telegram Desktop writes it at times; what it meant was read");
    }

    private static bool IsChat(FileSketch sketch) =>
        sketch.KindsAt("messages").HasFlag(JsonKind.Array) && sketch.Has("id") && sketch.Has("type")
        && (TelegramPeer.KindOf(sketch.TextAt("type")) is not null || EntryMarks.Any(mark => sketch.Has($"messages[].{mark}")));

    private static bool IsAccount(FileSketch sketch) =>
        sketch.KindsAt("chats.list").HasFlag(JsonKind.Array)
        || sketch.KindsAt("left_chats.list").HasFlag(JsonKind.Array)
        || (sketch.Has("about") && sketch.Has("personal_information.user_id") && AccountMarks.Any(sketch.Has));

    /// <summary>Reads the chat at hand, which the root may be; or the lists of chats in the root.</summary>
    private static IEnumerable<ParsedMessage> ReadChat(ChatReading reading, TelegramEntries entries, string? list)
    {
        var json = reading.Json;
        string? name = null, type = null, id = null;
        JsonMark? messages = null;
        bool named = false, typed = false, read = false;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(ChatKeys))
            {
                case Name:
                    name = json.Kind == JsonKind.Text ? json.ReadLabel() : null;
                    named = true;
                    break;
                case Type:
                    type = json.Kind == JsonKind.Text ? json.ReadLabel() : null;
                    typed = true;
                    named |= type is not null && Nameless.Contains(type);
                    break;
                case Id:
                    id = json.Kind switch
                    {
                        JsonKind.Number => json.ReadScalarLabel(),
                        JsonKind.Text => json.ReadLabel(),
                        _ => null,
                    };
                    break;
                case Messages:
                    if (messages is not null || json.Kind != JsonKind.Array)
                        reading.Reject(messages is null ? "messages must be an array" : "the key messages occurs twice", json.Offset);
                    messages = json.Mark();
                    if (list is null)
                        reading.Tally.Variant ??= "one chat";
                    if (id is null || !typed || !named)
                    {
                        reading.PassOverForNow(messages.Value);
                        break;
                    }

                    foreach (var message in ReadMessages(reading, entries, (name, type, id), $"{list}messages"))
                        yield return message;
                    read = true;
                    break;
                case var key and not JsonKeys.Other when list is null && json.Kind != JsonKind.Null:
                    if (json.Kind != JsonKind.Object)
                        reading.Reject("chats must be an object with a list", json.Offset);
                    foreach (var message in ReadChats(reading, entries, key == Messages + 1 ? "chats" : "left_chats"))
                        yield return message;
                    break;
                default:
                    break;
            }

        if (messages is null || read || !reading.GoesOn)
            yield break;

        // What tells which chat it is stood behind its messages, or is missing.
        json.GoBack(messages.Value);
        foreach (var message in ReadMessages(reading, entries, (name, type, id), $"{list}messages"))
            yield return message;
        while (json.NextProperty())
            json.Skip();
    }

    private static IEnumerable<ParsedMessage> ReadChats(ChatReading reading, TelegramEntries entries, string key)
    {
        var json = reading.Json;
        var found = false;
        reading.Tally.Variant = "whole account";
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            if (json.FindKey(ListKeys) == JsonKeys.Other)
                continue;
            if (found || json.Kind != JsonKind.Array)
                reading.Reject(found ? "the key list occurs twice" : "list must be an array of chats", json.Offset);
            found = true;
            var chats = reading.EnterList($"{key}.list");
            while (chats.Next())
            {
                if (json.Kind == JsonKind.Null)
                    continue;
                if (json.Kind != JsonKind.Object)
                    reading.Reject("a chat must be an object with messages", json.Offset);
                foreach (var message in ReadChat(reading, entries, $"{key}.list[{chats.Index}]."))
                    yield return message;
            }
        }
    }

    private static IEnumerable<ParsedMessage> ReadMessages(
        ChatReading reading, TelegramEntries entries, (string? Name, string? Type, string? Id) chat, string list)
    {
        var json = reading.Json;
        var kind = TelegramPeer.KindOf(chat.Type);
        var conversation = reading.Conversation(chat.Id is null ? null : TelegramPeer.Id(chat.Id, kind), chat.Name);
        entries.Begin(kind);
        var walk = reading.EnterList(list);
        while (walk.Next())
            if (entries.Read(conversation) is { } message)
                yield return message;
    }
}
