using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>
/// Puts the messages of a conversation in the order of time. Memory holds where each of them stands in the files, not what it says:
/// texts are read again, some at a time, when they are wanted.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="parse">Reads the entry at hand.</param>
internal sealed class ConversationOrder(EntryFiles files, Func<JsonScanner, FoundMessage> parse)
{
    /// <summary>How many messages a conversation may have.</summary>
    public const int MostMessages = 5_000_000;

    private const int BatchMessages = 1024;
    private const int BatchBytes = 4 * 1024 * 1024;
    private const int TimedBit = 1 << 28;
    private const int ZoneShift = 29;

    private static readonly Comparer<EntryPlace> ByPlace = Comparer<EntryPlace>.Create((a, b) => a.Place.CompareTo(b.Place));

    private readonly EntryStore _entries = new();
    private readonly List<FoundMessage> _batch = [];
    private int _batchStart;
    private int _depth;

    /// <summary>Messages so far.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a message. Its text is not kept.</summary>
    /// <param name="mark">Where it stands in the file at hand.</param>
    /// <param name="message">What was read of it.</param>
    public void Add(JsonMark mark, FoundMessage message)
    {
        if (files.NumberOf(message.Author, message.AuthorId) is not { } author)
            return;
        var flags = message.Sent is { } sent ? TimedBit | ((int)sent.Zone << ZoneShift) : 0;
        _depth = mark.Depth;
        _entries.Add(new EntryPlace(
            message.Sent?.UtcTicks ?? _entries.LastTicks,
            EntryPlace.PlaceOf(files.Number, mark.Offset),
            author | flags,
            Before: 0));
    }

    /// <summary>Adds the messages of another file of the same conversation.</summary>
    public void Append(ConversationOrder other)
    {
        _entries.Add(other._entries);
        _depth = other._depth;
    }

    /// <summary>The messages, the earliest first.</summary>
    /// <remarks>Of those sent at once the first one comes first; in a file whose newest stand first, the last one.</remarks>
    public IEnumerable<ParsedMessage> Read(ChatReading reading, ConversationRef conversation)
    {
        _entries.Sort();
        for (var i = 0; i < _entries.Count && reading.GoesOn; i++)
            yield return Message(reading, conversation, i);
        _batch.Clear();
    }

    private ParsedMessage Message(ChatReading reading, ConversationRef conversation, int i)
    {
        var entry = _entries[i];
        var author = files.Author(entry.Note & (TimedBit - 1));
        SentTime? sent = (entry.Note & TimedBit) == 0
            ? null
            : new SentTime(new DateTimeOffset(entry.Ticks, TimeSpan.Zero), (SentZone)((uint)entry.Note >> ZoneShift));
        if (!reading.Json.WantsTexts)
            return reading.Message(conversation, new() { Author = author.Name, AuthorId = author.Id, Sent = sent, Text = "…" });
        if (i < _batchStart || i >= _batchStart + _batch.Count)
            Load(i);
        var message = _batch[i - _batchStart];
        return reading.Message(conversation, new()
        {
            Id = message.Id,
            Author = author.Name,
            AuthorId = author.Id,
            Sent = sent,
            Text = message.Text,
            ReplyTo = message.ReplyTo,
            Edited = message.Edited,
            Attachments = message.Attachments,
        });
    }

    /// <summary>Reads the next messages, in the order in which they stand in the files.</summary>
    private void Load(int from)
    {
        var count = Math.Min(BatchMessages, _entries.Count - from);
        var batch = new FoundMessage[count];
        var (places, numbers) = InTheFiles(from, count);
        var bytes = 0L;
        for (var i = 0; i < count; i++)
        {
            batch[numbers[i]] = ReadAt(places[i]);
            bytes += batch[numbers[i]].Text.Length;
            if (bytes <= BatchBytes || count == 1)
                continue;

            // Texts as long as these are read in smaller numbers.
            count /= 2;
            (places, numbers) = InTheFiles(from, count);
            batch = new FoundMessage[count];
            (bytes, i) = (0, -1);
        }

        _batch.Clear();
        _batch.AddRange(batch);
        _batchStart = from;
    }

    /// <summary>Where some messages stand, in the order of the files, and which of them each is.</summary>
    private (EntryPlace[] Places, int[] Numbers) InTheFiles(int from, int count)
    {
        var numbers = Enumerable.Range(0, count).ToArray();
        var places = Array.ConvertAll(numbers, i => _entries[from + i]);
        Array.Sort(places, numbers, ByPlace);
        return (places, numbers);
    }

    private FoundMessage ReadAt(in EntryPlace place)
    {
        var json = files.Json(place.File);
        json.GoBack(new JsonMark(place.Offset, _depth));
        var message = parse(json);
        return json.Fault is { } fault
            ? throw new InvalidDataException($"The file has changed since it was checked: {fault.Detail}")
            : message;
    }
}
