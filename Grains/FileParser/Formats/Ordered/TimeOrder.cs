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

    // Rows are read together where that reads little more than they say, and as many as may be held.
    private const int BatchRows = 256;
    private const int BytesARow = 4096;

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

    /// <summary>Reads the messages of a file of rows.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="walk">Reads them as they stand, and tells of each its <see cref="ChatReading.Place"/>.</param>
    /// <param name="rows">Reads the rows from an offset of the file on, and where each of them begins.</param>
    /// <param name="again">Makes the message of a row.</param>
    public static IEnumerable<ParsedMessage> ReadRows<TRow>(
        ChatReading reading, IEnumerable<ParsedMessage> walk, Func<IByteSource, long, IEnumerable<(long Offset, TRow Row)>> rows,
        Func<TRow, ParsedMessage?> again) =>
        reading.IsToBeSorted ? SortedRows(reading, walk, rows, again) : AsItStands(reading, walk);

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
        foreach (var (conversation, entry) in Found(reading, walk, files, isStable))
            yield return at(files, conversation, entry) ?? throw Changed();
    }

    private static IEnumerable<ParsedMessage> SortedRows<TRow>(
        ChatReading reading, IEnumerable<ParsedMessage> walk, Func<IByteSource, long, IEnumerable<(long Offset, TRow Row)>> rows,
        Func<TRow, ParsedMessage?> again)
    {
        using var files = new EntryFiles(reading, Window);
        foreach (var batch in InBatches(Found(reading, walk, files, isStable: false).Select(found => found.Entry)))
        {
            // Most tables run backwards: a reader for each row would cost more than the rows.
            var held = batch.ToDictionary(entry => entry.Offset, _ => (IsRead: false, Row: default(TRow)));
            var last = batch.Max(entry => entry.Offset);
            foreach (var (offset, row) in rows(files.Bytes(batch[0].File), batch.Min(entry => entry.Offset)))
            {
                if (held.ContainsKey(offset))
                    held[offset] = (true, row);
                if (offset >= last)
                    break;
            }

            foreach (var entry in batch)
            {
                reading.GoTo(entry, json: null);
                yield return (held[entry.Offset] is (true, { } row) ? again(row) : null) ?? throw Changed();
            }
        }
    }

    /// <summary>Entries that follow each other, and stand near each other in one file.</summary>
    private static IEnumerable<List<EntryPlace>> InBatches(IEnumerable<EntryPlace> entries)
    {
        var batch = new List<EntryPlace>();
        var (first, last) = (long.MaxValue, 0L);
        foreach (var entry in entries)
        {
            var bytes = Math.Max(last, entry.Place) - Math.Min(first, entry.Place);
            if (batch.Count == BatchRows || (batch.Count > 0 && bytes > BytesARow * (batch.Count + 1)))
            {
                yield return batch;
                batch.Clear();
                (first, last) = (long.MaxValue, 0);
            }

            batch.Add(entry);
            (first, last) = (Math.Min(first, entry.Place), Math.Max(last, entry.Place));
        }

        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>Walks through the part to note where its messages stand, and gives them in the order of time.</summary>
    private static IEnumerable<(ConversationRef Conversation, EntryPlace Entry)> Found(
        ChatReading reading, IEnumerable<ParsedMessage> walk, EntryFiles files, bool isStable)
    {
        var found = new FoundEntries(files);
        reading.Find(found);
        foreach (var _ in walk)
        {
            // Its place is noted.
        }

        reading.Find(null);
        return reading.GoesOn || reading.HandsOnHeld() ? found.InOrder(isStable) : [];
    }

    private static InvalidDataException Changed() => new("The file has changed since it was checked.");
}
