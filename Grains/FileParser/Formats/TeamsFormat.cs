using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Formats.Teams;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Microsoft Teams: the personal export (Skype's has the same shape), and lists of chatMessages as Microsoft Graph and compliance
/// exports give them, wrapped as <c>{"value": […]}</c> or bare, with small letters or capitals.
/// </summary>
internal sealed class TeamsFormat : IChatFormat
{
    // The account's list of calls is kept as if it were a chat.
    private const string CallLog = "48:calllogs";

    private static readonly JsonKeys RootKeys = new("conversations", "value", "@odata.context");
    private static readonly JsonKeys ConversationKeys = new("id", "displayName", "threadProperties", "MessageList");
    private static readonly string[] Marks = ["messageType", "chatId", "channelIdentity", "from.user"];
    private static readonly string[] Contexts = ["/$metadata#chats(", ")/channels(", "Collection(chatMessage)"];
    private static readonly JsonKeys ThreadKeys = new("topic");

    /// <inheritdoc/>
    public string Id => "teams";

    /// <inheritdoc/>
    public string Shape =>
        """{"conversations": [{"id": …, "MessageList": […]}]} or [{"chatId": …, "createdDateTime": …, "from": …, "body": …}]""";

    /// <inheritdoc/>
    public bool ReadsUploads => true;

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) => sketch.Documents == 1
        && (sketch.Has("conversations[].MessageList")
            || (sketch.KindsAt("conversations").HasFlag(JsonKind.Array) && sketch.Has("userId") && sketch.Has("exportDate"))
            || IsEmptyPage(sketch)
            || HasMessages(sketch, "[].")
            || HasMessages(sketch, "value[]."));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        using var files = new EntryFiles(reading);
        var graph = new GraphConversations(reading, files);
        do
        {
            foreach (var message in ReadFile(reading, files, graph))
                yield return message;
            if (!reading.GoesOn && !reading.HandsOnHeld())
                yield break;
        }
        while (reading.NextFile());

        foreach (var message in graph.Read())
            yield return message;
    }

    /// <summary>The last page of a chat may have no messages; its context tells what they would be.</summary>
    private static bool IsEmptyPage(FileSketch sketch) =>
        sketch.KindsAt("value").HasFlag(JsonKind.Array) && !sketch.Has("value[]")
        && sketch.Has("@odata.context")
        && sketch.FirstLines.Any(line => Contexts.Any(context => line.Contains(context, StringComparison.Ordinal)));

    /// <summary>Mail has bodies and times as well, but is from an address, and belongs to no chat.</summary>
    private static bool HasMessages(FileSketch sketch, string entry) =>
        (sketch.Has(entry + "createdDateTime") && sketch.Has(entry + "body") && Marks.Any(mark => sketch.Has(entry + mark)))
        || (sketch.Has(entry + "CreatedDateTime") && sketch.Has(entry + "Body")
            && (sketch.Has(entry + "MessageType") || sketch.Has(entry + "ChatId")));

    private static IEnumerable<ParsedMessage> ReadFile(ChatReading reading, EntryFiles files, GraphConversations graph)
    {
        var json = reading.Json;
        graph.In(null);
        json.NextDocument();
        if (json.Kind == JsonKind.Array)
        {
            reading.Tally.Variant = "list of chat messages";
            graph.Take("");
        }
        else
        {
            foreach (var message in ReadRoot(reading, files, graph))
                yield return message;
        }

        if (reading.GoesOn && json.NextDocument())
            reading.Reject("more follows where the JSON has ended", json.Offset);
    }

    private static IEnumerable<ParsedMessage> ReadRoot(ChatReading reading, EntryFiles files, GraphConversations graph)
    {
        var json = reading.Json;
        var found = false;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            var key = json.FindKey(RootKeys);
            if (key == JsonKeys.Other)
                continue;
            if (key == 2)
            {
                graph.In(PersonalMessage.ReadLabel(json));
                continue;
            }

            if (found || json.Kind != JsonKind.Array)
            {
                reading.Reject(
                    found ? $"the key {json.ReadKey()} comes when there is a list already" : $"{json.ReadKey()} must be an array",
                    json.Offset);
            }

            found = true;
            reading.Tally.Variant = key == 0 ? "personal export" : "list of chat messages";
            if (key == 1)
            {
                graph.Take("value");
                continue;
            }

            var conversations = reading.EnterList("conversations");
            while (conversations.Next())
                foreach (var message in ReadConversation(reading, files, conversations.Index))
                    yield return message;
        }
    }

    private static IEnumerable<ParsedMessage> ReadConversation(ChatReading reading, EntryFiles files, long index)
    {
        var json = reading.Json;
        if (json.Kind == JsonKind.Null)
        {
            reading.Skip("null entry");
            yield break;
        }

        if (json.Kind != JsonKind.Object)
            reading.Reject("a conversation must be an object with a MessageList", json.Offset);
        var order = new ConversationOrder(files, new PersonalMessage(reading).Read);
        string? id = null, name = null, topic = null;
        var found = false;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(ConversationKeys), json.Kind)
            {
                case (0, _):
                    id = PersonalMessage.ReadLabel(json);
                    break;
                case (1, _):
                    name = PersonalMessage.ReadLabel(json);
                    break;
                case (2, JsonKind.Object):
                    topic = ReadTopic(json);
                    break;
                case (3, JsonKind.Array) when !found:
                    found = true;
                    EntryList.Walk(reading, $"conversations[{index}].MessageList", new PersonalMessage(reading).Read, _ => order);
                    break;
                case (3, not JsonKind.Null):
                    reading.Reject(found ? "the key MessageList occurs twice" : "MessageList must be an array", json.Offset);
                    break;
                default:
                    break;
            }

        if (!reading.GoesOn && !reading.HandsOnHeld())
            yield break;
        if (id == CallLog)
        {
            reading.Skip("system message", order.Count);
            yield break;
        }

        foreach (var message in order.Read(reading, reading.Conversation(id, name ?? topic)))
            yield return message;
    }

    private static string? ReadTopic(JsonScanner json)
    {
        string? topic = null;
        json.Enter();
        while (json.NextProperty())
            if (json.FindKey(ThreadKeys) == 0)
                topic = PersonalMessage.ReadLabel(json);
        return topic;
    }
}
