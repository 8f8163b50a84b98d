using ChatAnalysis.Faiss;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The vectors in memory: derived from the database, searched exactly. Many may read while one changes it.</summary>
/// <remarks>FAISS holds the vectors, in half precision as the database does; nothing else does.</remarks>
internal sealed class SearchIndex : IDisposable
{
    private readonly FaissIndex _faiss;

    // Changes and the writing of a file take turns by the outer lock. Only the change itself shuts out the searches, so
    // that they go on while a file is written, even if a change waits for its end.
    private readonly Lock _changes = new();
    private readonly ReaderWriterLockSlim _contents = new();

    /// <summary>Takes over an index.</summary>
    /// <exception cref="FaissException">The index is of another type than <see cref="FaissIndex.Create"/> makes.</exception>
    internal SearchIndex(FaissIndex faiss)
    {
        _ = faiss.Contents;
        _faiss = faiss;
    }

    /// <summary>Components of a vector.</summary>
    public int Dimension => _faiss.Dimension;

    /// <summary>Vectors held.</summary>
    public long Count
    {
        get
        {
            _contents.EnterReadLock();
            try
            {
                return _faiss.Count;
            }
            finally
            {
                _contents.ExitReadLock();
            }
        }
    }

    /// <summary>An empty index.</summary>
    /// <param name="dimension">Components of a vector, at least 1.</param>
    public static SearchIndex Create(int dimension) => new(FaissIndex.Create(dimension));

    /// <summary>Adds vectors, rounded to half precision; one whose id is known replaces the old one.</summary>
    /// <param name="ids">Ids of the vectors; of an id given twice, the last counts.</param>
    /// <param name="vectors">[ids x Dimension]</param>
    public void Upsert(ReadOnlySpan<long> ids, ReadOnlySpan<float> vectors)
    {
        var halves = new Half[vectors.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)vectors[i];
        Upsert(ids, halves);
    }

    /// <summary>Adds vectors that are in half precision already; one whose id is known replaces the old one.</summary>
    /// <param name="ids">Ids of the vectors; of an id given twice, the last counts.</param>
    /// <param name="vectors">[ids x Dimension]</param>
    public void Upsert(ReadOnlySpan<long> ids, ReadOnlySpan<Half> vectors)
    {
        lock (_changes)
        {
            _contents.EnterWriteLock();
            try
            {
                _faiss.Upsert(ids, vectors);
            }
            finally
            {
                _contents.ExitWriteLock();
            }
        }
    }

    /// <summary>Removes vectors; unknown ids are passed over.</summary>
    public void Remove(ReadOnlySpan<long> ids)
    {
        lock (_changes)
        {
            _contents.EnterWriteLock();
            try
            {
                _faiss.Remove(ids);
            }
            finally
            {
                _contents.ExitWriteLock();
            }
        }
    }

    /// <summary>The nearest vectors by inner product, exactly; best first, of equal ones the smaller id.</summary>
    /// <param name="query">[Dimension]; of unit length, for scores to be cosines.</param>
    /// <param name="k">Neighbours wanted; fewer are given where the index holds fewer.</param>
    /// <param name="allowed">The ids among which to search; null for all.</param>
    public IReadOnlyList<Neighbour> Search(ReadOnlySpan<float> query, int k, IdSet? allowed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(query.Length, Dimension);
        _contents.EnterReadLock();
        try
        {
            return ExactScan.Search(_faiss.Contents, query, k, allowed);
        }
        finally
        {
            _contents.ExitReadLock();
        }
    }

    /// <summary>Copies vectors out, in single precision.</summary>
    /// <param name="ids">Ids that the index holds.</param>
    /// <param name="destination">[ids x Dimension]</param>
    /// <exception cref="KeyNotFoundException">An id is unknown.</exception>
    public unsafe void CopyVectors(ReadOnlySpan<long> ids, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, ids.Length * Dimension);
        var positions = new long[ids.Length];
        _contents.EnterReadLock();
        try
        {
            _faiss.Locate(ids, positions);
            var vectors = _faiss.Contents.Vectors;
            for (var i = 0; i < positions.Length; i++)
            {
                if (positions[i] < 0)
                    throw new KeyNotFoundException($"The index holds no vector {ids[i]}");
                HalfVector.Widen(vectors + (positions[i] * Dimension), destination.Slice(i * Dimension, Dimension));
            }
        }
        finally
        {
            _contents.ExitReadLock();
        }
    }

    /// <summary>Writes FAISS's file. Searches go on meanwhile, changes wait.</summary>
    /// <param name="path">The file; one that is there is overwritten.</param>
    /// <param name="count">The vectors that the caller believes to be in it.</param>
    /// <exception cref="FaissException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The index holds another number of vectors.</exception>
    internal void WriteTo(string path, long count)
    {
        lock (_changes)
        {
            if (_faiss.Count != count)
                throw new InvalidOperationException($"The index holds {_faiss.Count} vectors, but was to be stamped with {count}");
            _faiss.Write(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _contents.Dispose();
        _faiss.Dispose();
    }
}
