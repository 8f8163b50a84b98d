using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>
/// Chooses messages of a conversation by which a later export of it is recognised: those with the smallest ids. As derived ids are
/// hashes, that is a random choice, and two exports choose the same ones of what both hold (Broder 1997, bottom-k sketches).
/// </summary>
internal sealed class ConversationSample
{
    private const int Size = ConversationRef.SampleSize;

    private readonly PriorityQueue<MessageMark, string> _chosen = new(LargestFirst.Instance);

    /// <summary>Messages that are chosen so far.</summary>
    public int Count => _chosen.Count;

    /// <summary>No derived id with a larger <see cref="DerivedId.PrefixOf(uint)"/> is chosen any more.</summary>
    public int LargestPrefix { get; private set; } = DerivedId.Prefixes - 1;

    /// <summary>Takes a message into account.</summary>
    public void Offer(string id, DateTimeOffset sentAt)
    {
        if (_chosen.Count < Size)
            _chosen.Enqueue(new(id, sentAt), id);
        else if (_chosen.TryPeek(out _, out var largest) && string.CompareOrdinal(id, largest) < 0)
            _chosen.EnqueueDequeue(new(id, sentAt), id);
        else
            return;
        if (_chosen.Count == Size)
            LargestPrefix = DerivedId.PrefixOf(_chosen.Peek().Id);
    }

    /// <summary>What was chosen, in the order of time.</summary>
    public IReadOnlyList<MessageMark> ToList() =>
    [
        .. _chosen.UnorderedItems.Select(item => item.Element).OrderBy(mark => mark.SentAt).ThenBy(mark => mark.Id, StringComparer.Ordinal),
    ];

    private sealed class LargestFirst : IComparer<string>
    {
        public static LargestFirst Instance { get; } = new();

        public int Compare(string? x, string? y) => string.CompareOrdinal(y, x);
    }
}
