using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>Walks through a list of entries whose messages are put in order afterwards.</summary>
internal static class EntryList
{
    /// <summary>Takes the list at hand.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="list">The list's name, for the place of a fault.</param>
    /// <param name="parse">Reads the entry at hand.</param>
    /// <param name="orderOf">The order that a message belongs to; null where it is passed over and counted already.</param>
    public static void Walk(
        ChatReading reading, string list, Func<JsonScanner, FoundMessage> parse, Func<FoundMessage, ConversationOrder?> orderOf)
    {
        var json = reading.Json;
        var wanted = json.WantsTexts;
        json.WantsTexts = false;
        var entries = reading.EnterList(list);
        while (entries.Next())
        {
            if (json.Kind == JsonKind.Null)
            {
                reading.Skip("null entry");
                continue;
            }

            var mark = json.Mark();
            if (json.Kind != JsonKind.Object)
                reading.Reject("a message must be an object", json.Offset);
            var message = parse(json);
            if (!reading.GoesOn)
                continue;
            if (message.Skipped is { } reason)
                reading.Skip(reason);
            else if (orderOf(message) is { } order)
                Add(reading, order, mark, message);
        }

        json.WantsTexts = wanted;
        reading.At(null);
    }

    private static void Add(ChatReading reading, ConversationOrder order, JsonMark mark, FoundMessage message)
    {
        if (order.Count == ConversationOrder.MostMessages)
            reading.Reject($"a conversation of more than {ConversationOrder.MostMessages} messages", mark.Offset);
        else
            order.Add(mark, message);
    }
}
