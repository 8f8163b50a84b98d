namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>Holds the places of a conversation's messages and puts them in the order of time.</summary>
/// <remarks>
/// Most exports are in that order already, or in the opposite one: then nothing is moved, and no array has to hold them all. Others are
/// copied into one, which takes as much again until the copy is made.
/// </remarks>
internal sealed class EntryStore
{
    private const int ChunkBits = 12;
    private const int ChunkMask = (1 << ChunkBits) - 1;

    private readonly List<List<EntryPlace>> _chunks = [];
    private EntryPlace[]? _sorted;
    private bool _backwards;
    private int _later;
    private int _earlier;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The time of the last one; 0 where there is none.</summary>
    public long LastTicks { get; private set; }

    /// <summary>One of them, in the order of time once they are sorted.</summary>
    public EntryPlace this[int index]
    {
        get
        {
            if (_sorted is { } sorted)
                return sorted[index];
            var i = _backwards ? Count - 1 - index : index;
            return _chunks[i >> ChunkBits][i & ChunkMask];
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(in EntryPlace entry)
    {
        if (LastTicks != 0)
        {
            _later += entry.Ticks > LastTicks ? 1 : 0;
            _earlier += entry.Ticks < LastTicks ? 1 : 0;
        }

        if ((Count & ChunkMask) == 0)
            _chunks.Add([]);
        _chunks[^1].Add(entry);
        Count++;
        LastTicks = entry.Ticks;
    }

    /// <summary>Adds those of another, which is not sorted.</summary>
    public void Add(EntryStore other)
    {
        foreach (var chunk in other._chunks)
            foreach (var entry in chunk)
                Add(entry);
    }

    /// <summary>
    /// Sorts them. Of those at one time the first one comes first; where the newest stand first, the last one does.
    /// </summary>
    /// <param name="isStable">Whether the first one comes first in any case, as where the file's order has nothing to do with time.</param>
    public void Sort(bool isStable = false)
    {
        _backwards = _later == 0 && _earlier > 0 && !isStable;
        if (_earlier == 0 || _backwards)
            return;
        var direction = _earlier > _later && !isStable ? -1 : 1;
        _sorted = new EntryPlace[Count];
        var at = 0;
        foreach (var chunk in _chunks)
        {
            chunk.CopyTo(_sorted, at);
            at += chunk.Count;
        }

        _chunks.Clear();
        Array.Sort(_sorted, (a, b) => a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.Place.CompareTo(b.Place) * direction);
    }
}
