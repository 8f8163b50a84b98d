namespace ChatAnalysis.Faiss;

/// <summary>FAISS's own memory, to be read in place. Valid until the index changes or goes.</summary>
/// <param name="ids">[count]</param>
/// <param name="vectors">[count x dimension], half precision, row-major.</param>
/// <param name="count">Vectors held.</param>
public readonly unsafe struct FaissContents(long* ids, ushort* vectors, long count)
{
    /// <summary>[Count], the id of each position.</summary>
    public long* Ids { get; } = ids;

    /// <summary>[Count x dimension], the bits of half-precision numbers, row-major.</summary>
    public ushort* Vectors { get; } = vectors;

    /// <summary>Vectors held.</summary>
    public long Count { get; } = count;
}
