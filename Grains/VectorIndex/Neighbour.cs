namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>A vector found near a query.</summary>
/// <param name="Id">The vector's id.</param>
/// <param name="Score">Its inner product with the query; of unit vectors the cosine.</param>
internal readonly record struct Neighbour(long Id, float Score)
{
    /// <summary>Sorts best first: by score, of equal scores the smaller id.</summary>
    public static readonly Comparer<Neighbour> BestFirst = Comparer<Neighbour>.Create(
        (a, b) => b.Score.CompareTo(a.Score) is var byScore and not 0 ? byScore : a.Id.CompareTo(b.Id));

    /// <summary>Sorts the other way round.</summary>
    public static readonly Comparer<Neighbour> WorstFirst = Comparer<Neighbour>.Create((a, b) => BestFirst.Compare(b, a));
}
