using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>
/// Reads a part as it stands where its messages are in the order of time, as the survey finds out; otherwise it walks through the part
/// once more to note where each message stands, and reads each again, the earliest of a conversation first.
/// </summary>
internal static class TimeOrder
{
    // Little of what surrounds a message is wanted when it is read again.
    private const int Window = 4032;

    /// <summary>Reads the messages of JSON.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="walk">
    /// Reads them as they stand, and tells of each its <see cref="ChatReading.Place"/>. It has to remember conversations, up to
    /// <see cref="FoundEntries.MostConversations"/>.
    /// </param>
    /// <param name="again">Reads the message at hand once more; it is told whose conversation it is of, and what was noted of it.</param>
    /// <param name="isStable">Whether of those sent at once the first one comes first even where the newest stand first.</param>
    public static IEnumerable<ParsedMessage> Read(
        ChatReading reading, IEnumerable<ParsedMessage> walk, Func<ConversationRef, int, ParsedMessage?> again, bool isStable = false) =>
        reading.IsToBeSorted
            ? Sorted(reading, walk, isStable, (files, conversation, entry) =>
            {
                reading.GoTo(entry, files.Json(entry.File));
                return again(conversation, entry.Note);
            })
            : AsItStands(reading, walk);

    /// <summary>Reads the messages of a file that is not JSON.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="walk">Reads them as they stand, and tells of each its <see cref="ChatReading.Place"/>.</param>
    /// <param name="again">Reads the message at an offset of the file once more.</param>
    public static IEnumerable<ParsedMessage> ReadOther(
        ChatReading reading, IEnumerable<ParsedMessage> walk, Func<IByteSource, long, ParsedMessage?> again) =>
        reading.IsToBeSorted
            ? Sorted(reading, walk, isStable: false, (files, _, entry) =>
            {
                reading.GoTo(entry, json: null);
                return again(files.Bytes(entry.File), entry.Offset);
            })
            : AsItStands(reading, walk);

    private static IEnumerable<ParsedMessage> AsItStands(ChatReading reading, IEnumerable<ParsedMessage> walk)
    {
        reading.WatchOrder();
        foreach (var message in walk)
            yield return message;
        reading.JudgeOrder();
    }

    private static IEnumerable<ParsedMessage> Sorted(
        ChatReading reading, IEnumerable<ParsedMessage> walk, bool isStable, Func<EntryFiles, ConversationRef, EntryPlace, ParsedMessage?> at)
    {
        using var files = new EntryFiles(reading, Window);
        var found = new FoundEntries(files);
        reading.Find(found);
        foreach (var _ in walk)
        {
            // Its place is noted.
        }

        reading.Find(null);
        if (!reading.GoesOn && !reading.HandsOnHeld())
            yield break;
        foreach (var (conversation, entry) in found.InOrder(isStable))
            yield return at(files, conversation, entry) ?? throw new InvalidDataException("The file has changed since it was checked.");
    }
}
