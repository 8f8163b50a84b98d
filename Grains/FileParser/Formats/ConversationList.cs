using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Walks through a file's conversations, whichever way they stand in it: an array of them, one alone, a line each, or in an object's
/// list <c>conversations</c>.
/// </summary>
internal static class ConversationList
{
    /// <summary>How the paths to a conversation's keys may begin.</summary>
    public static IReadOnlyList<string> Paths { get; } = ["[].", "", "conversations[]."];

    /// <summary>Reads the conversations.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="rootKeys">
    /// The key of a list of conversations in the root, and then those that only a conversation has. Null where a root is a
    /// conversation anyhow.
    /// </param>
    /// <param name="read">Reads the conversation at hand, which is an object; it is told its place.</param>
    public static IEnumerable<ParsedMessage> Read(
        ChatReading reading, JsonKeys? rootKeys, Func<ConversationPlace, IEnumerable<ParsedMessage>> read)
    {
        var json = reading.Json;
        var isArray = false;
        while (reading.NextLine())
        {
            if (isArray)
            {
                reading.Reject("more follows where the JSON has ended", json.Offset);
                yield break;
            }

            isArray = json.Kind == JsonKind.Array;
            var messages = isArray ? ReadList(reading, "", read)
                : rootKeys is not null && json.Kind == JsonKind.Object ? ReadRoot(reading, rootKeys, read)
                : ReadOne(reading, default, read);
            foreach (var message in messages)
                yield return message;
        }
    }

    private static IEnumerable<ParsedMessage> ReadRoot(
        ChatReading reading, JsonKeys rootKeys, Func<ConversationPlace, IEnumerable<ParsedMessage>> read)
    {
        var json = reading.Json;
        var start = json.Mark();
        var found = false;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            var key = json.FindKey(rootKeys);
            if (key == JsonKeys.Other)
                continue;
            if (key > 0 && !found)
            {
                json.GoBack(start);
                foreach (var message in ReadOne(reading, default, read))
                    yield return message;
                yield break;
            }

            if (found || json.Kind != JsonKind.Array)
                reading.Reject(found ? "the key conversations occurs twice" : "conversations must be an array", json.Offset);
            found = true;
            foreach (var message in ReadList(reading, "conversations", read))
                yield return message;
        }

        if (!found)
            reading.Reject("an object without conversations", start.Offset);
    }

    private static IEnumerable<ParsedMessage> ReadList(
        ChatReading reading, string list, Func<ConversationPlace, IEnumerable<ParsedMessage>> read)
    {
        var conversations = reading.EnterList(list);
        while (conversations.Next())
            foreach (var message in ReadOne(reading, new(list, conversations.Index), read))
                yield return message;

        reading.At(null);
    }

    private static IEnumerable<ParsedMessage> ReadOne(
        ChatReading reading, ConversationPlace place, Func<ConversationPlace, IEnumerable<ParsedMessage>> read)
    {
        place.Note(reading);
        if (reading.Json.Kind == JsonKind.Object)
            return read(place);
        reading.Reject("a conversation must be an object", reading.Json.Offset);
        return [];
    }
}
