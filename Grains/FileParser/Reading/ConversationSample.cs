using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>
/// Chooses messages of a conversation by which a later export of it is recognised: those with the smallest ids. As ids are hashes,
/// that is a random choice, and two exports choose the same ones of what both hold (Broder 1997, bottom-k sketches).
/// </summary>
internal sealed class ConversationSample
{
    private const int Size = ConversationRef.SampleSize;

    private readonly PriorityQueue<(DerivedId Id, DateTimeOffset SentAt), DerivedId> _chosen = new(Size + 1, LargestFirst.Instance);

    /// <summary>Takes a message into account.</summary>
    public void Offer(DerivedId id, DateTimeOffset sentAt)
    {
        if (_chosen.Count < Size)
            _chosen.Enqueue((id, sentAt), id);
        else if (_chosen.TryPeek(out _, out var largest) && id.CompareTo(largest) < 0)
            _chosen.EnqueueDequeue((id, sentAt), id);
    }

    /// <summary>What was chosen, in the order of time.</summary>
    public IReadOnlyList<MessageMark> ToList() =>
        
    [
        .. _chosen.UnorderedItems.Select(item => item.Element).OrderBy(mark => mark.SentAt).ThenBy(mark => mark.Id)
            .Select(mark => new MessageMark(mark.Id.ToString(), mark.SentAt)),
    ];

    private sealed class LargestFirst : IComparer<DerivedId>
    {
        public static LargestFirst Instance { get; } = new();

        public int Compare(DerivedId x, DerivedId y) => y.CompareTo(x);
    }
}
