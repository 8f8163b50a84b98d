namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Ids of messages, a bit each.</summary>
/// <param name="largest">The largest id that may be added.</param>
internal sealed class IdSet(long largest)
{
    private readonly ulong[] _bits = new ulong[(largest / 64) + 1];

    /// <summary>How many ids it holds.</summary>
    public long Count { get; private set; }

    /// <summary>Adds an id, at most once.</summary>
    public void Add(long id)
    {
        _bits[id / 64] |= 1UL << (int)(id % 64);
        Count++;
    }

    /// <summary>Whether it holds an id.</summary>
    public bool Contains(long id) => (ulong)id / 64 < (ulong)_bits.Length && (_bits[id / 64] & (1UL << (int)(id % 64))) != 0;
}
