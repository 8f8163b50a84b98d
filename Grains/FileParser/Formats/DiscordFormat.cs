using ChatAnalysis.Grains.FileParser.Formats.Discord;
using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// What DiscordChatExporter writes: a channel a file, <c>{guild, channel, dateRange, exportedAt, messages[], messageCount}</c>. A
/// channel may be cut into several files, each of which is whole; their messages are of one conversation by its id. They stand in the
/// order of time, unless the exporter was told to reverse it.
/// </summary>
internal sealed class DiscordFormat : IChatFormat
{
    private const int Guild = 0;
    private const int Channel = 1;
    private const int Messages = 2;
    private const int MessageCount = 3;

    private static readonly JsonKeys RootKeys = new("guild", "channel", "messages", "messageCount");

    private static readonly string[] Marks =
        ["guild.id", "dateRange", "messageCount", "messages[].timestampEdited", "messages[].isPinned", "messages[].author.isBot"];

    /// <inheritdoc/>
    public string Id => "discord";

    /// <inheritdoc/>
    public string Shape => """{"guild": …, "channel": {"id": …}, "messages": [{"id": …, "content": …, "author": …}, …]}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object
        && sketch.KindsAt("messages").HasFlag(JsonKind.Array)
        && sketch.Has("channel.id")
        && Marks.Any(sketch.Has);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        DiscordEntries? entries = null;
        return TimeOrder.Read(
            reading, Walk(reading), (conversation, _) => (entries ??= new DiscordEntries(reading, conversation.Id)).Read(conversation));
    }

    private static IEnumerable<ParsedMessage> Walk(ChatReading reading)
    {
        var json = reading.Json;
        var channel = new DiscordChannel();
        JsonMark? messages = null;
        var (entries, said, read) = (0L, (string?)null, false);
        reading.Tally.Variant = "DiscordChatExporter";
        json.NextDocument();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(RootKeys))
            {
                case Guild:
                    channel.ReadGuild(json);
                    break;
                case Channel when json.Kind == JsonKind.Object:
                    channel.Read(json);
                    break;
                case Messages:
                    if (messages is not null || json.Kind != JsonKind.Array)
                        reading.Reject(messages is null ? "messages must be an array" : "the key messages occurs twice", json.Offset);
                    messages = json.Mark();
                    if (channel.Id is null || !channel.IsGuildTold)
                    {
                        reading.PassOverForNow(messages.Value);
                        break;
                    }

                    read = true;
                    foreach (var message in ReadMessages(reading, channel))
                    {
                        entries++;
                        if (message is not null)
                            yield return message;
                    }

                    break;
                case MessageCount when json.Kind == JsonKind.Number:
                    said = json.ReadScalarLabel();
                    break;
                default:
                    break;
            }

        if (messages is not null && !read && reading.GoesOn)
        {
            // The channel or its server stood behind the messages, or is missing.
            json.GoBack(messages.Value);
            foreach (var message in ReadMessages(reading, channel))
            {
                entries++;
                if (message is not null)
                    yield return message;
            }

            while (json.NextProperty())
                json.Skip();
        }

        if (reading.GoesOn && json.NextDocument())
            reading.Reject("more follows where the JSON has ended", json.Offset);
        if (said is not null && said != $"{entries}")
            reading.Tally.Warn($"the export says that it holds {said} messages, but {entries} are there");
    }

    private static IEnumerable<ParsedMessage?> ReadMessages(ChatReading reading, DiscordChannel channel)
    {
        var json = reading.Json;
        var conversation = reading.Conversation(channel.Id, channel.Title);
        var entries = new DiscordEntries(reading, channel.Id);
        var list = reading.EnterList("messages");
        while (list.Next())
        {
            reading.Place = json.Offset;
            yield return entries.Read(conversation);
        }

        reading.At(null);
    }
}
