namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Keeps the best of the neighbours offered to it. Which are kept does not depend on the order of offers.</summary>
/// <param name="k">How many to keep, at least 1.</param>
internal sealed class NearestNeighbours(int k)
{
    private readonly PriorityQueue<Neighbour, Neighbour> _kept = new(Neighbour.WorstFirst);
    private Neighbour _worst = new(long.MaxValue, float.NegativeInfinity);

    /// <summary>Takes a neighbour, if it is better than the worst of those kept.</summary>
    public void Offer(long id, float score)
    {
        if (score < _worst.Score || (score == _worst.Score && id >= _worst.Id))
            return;
        var neighbour = new Neighbour(id, score);
        if (_kept.Count < k)
            _kept.Enqueue(neighbour, neighbour);
        else
            _kept.EnqueueDequeue(neighbour, neighbour);
        if (_kept.Count == k)
            _worst = _kept.Peek();
    }

    /// <summary>Takes over what another one has kept.</summary>
    public void OfferAll(NearestNeighbours other)
    {
        foreach (var (neighbour, _) in other._kept.UnorderedItems)
            Offer(neighbour.Id, neighbour.Score);
    }

    /// <summary>What was kept, best first.</summary>
    public Neighbour[] ToArray()
    {
        var neighbours = _kept.UnorderedItems.Select(item => item.Element).ToArray();
        Array.Sort(neighbours, Neighbour.BestFirst);
        return neighbours;
    }
}
