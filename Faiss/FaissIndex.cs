namespace ChatAnalysis.Faiss;

/// <summary>An index of FAISS. Not thread-safe: many readers or one writer, as FAISS itself.</summary>
/// <remarks>
/// Any index that FAISS can read can be searched and written. Those made by <see cref="Create"/>, an IndexIDMap2 over
/// half-precision vectors under the inner product, can be changed and read in place too.
/// </remarks>
public sealed unsafe class FaissIndex : IDisposable
{
    private readonly FaissIndexHandle _handle;

    private FaissIndex(FaissIndexHandle handle)
    {
        _handle = handle;
        FaissNative.Check(FaissNative.Describe(handle, out var dimension, out _));
        Dimension = dimension;
    }

    /// <summary>Components of a vector.</summary>
    public int Dimension { get; }

    /// <summary>Vectors held.</summary>
    public long Count
    {
        get
        {
            FaissNative.Check(FaissNative.Describe(_handle, out _, out var count));
            return count;
        }
    }

    /// <summary>FAISS's memory of ids and vectors.</summary>
    /// <exception cref="FaissException">The index is of another type than <see cref="Create"/> makes.</exception>
    public FaissContents Contents
    {
        get
        {
            FaissNative.Check(FaissNative.Contents(_handle, out var ids, out var vectors));
            return new FaissContents(ids, vectors, Count);
        }
    }

    /// <summary>An empty index of half-precision vectors with ids, under the inner product.</summary>
    /// <param name="dimension">Components of a vector, at least 1.</param>
    public static FaissIndex Create(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        FaissNative.Check(FaissNative.Create(dimension, out var handle));
        return new FaissIndex(handle);
    }

    /// <summary>Reads an index of any type. FAISS trusts what it reads: give it no file of unknown origin.</summary>
    /// <exception cref="FaissException">There is no such file, or it holds no index.</exception>
    public static FaissIndex Read(string path)
    {
        FaissNative.Check(FaissNative.Read(path, out var handle));
        return new FaissIndex(handle);
    }

    /// <summary>Writes the index as FAISS's own readers take it. The file is not flushed to the disk.</summary>
    /// <exception cref="FaissException">The file cannot be written; the message says why.</exception>
    public void Write(string path) => FaissNative.Check(FaissNative.Write(_handle, path));

    /// <summary>Searches through FAISS itself.</summary>
    /// <param name="queries">[queries x Dimension]</param>
    /// <param name="k">Neighbours wanted of each query.</param>
    /// <param name="scores">[queries x k], by the index's metric, best first.</param>
    /// <param name="ids">[queries x k], -1 where the index holds fewer than k.</param>
    public void Search(ReadOnlySpan<float> queries, int k, Span<float> scores, Span<long> ids)
    {
        var count = RowsOf(queries.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, count * k);
        ArgumentOutOfRangeException.ThrowIfNotEqual(ids.Length, count * k);
        fixed (float* x = queries, s = scores)
        fixed (long* i = ids)
            FaissNative.Check(FaissNative.Search(_handle, count, x, k, s, i));
    }

    /// <summary>Finds where in <see cref="Contents"/> vectors lie.</summary>
    /// <param name="ids">Any ids.</param>
    /// <param name="positions">[ids], -1 where an id is unknown.</param>
    public void Locate(ReadOnlySpan<long> ids, Span<long> positions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(positions.Length, ids.Length);
        fixed (long* i = ids, p = positions)
            FaissNative.Check(FaissNative.Positions(_handle, ids.Length, i, p));
    }

    /// <summary>Adds vectors; one whose id is known takes the old one's place. Of an id given twice, the last counts.</summary>
    /// <param name="ids">Ids of the vectors.</param>
    /// <param name="vectors">[ids x Dimension]</param>
    public void Upsert(ReadOnlySpan<long> ids, ReadOnlySpan<Half> vectors)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(RowsOf(vectors.Length), ids.Length);
        fixed (long* i = ids)
        fixed (Half* v = vectors)
            FaissNative.Check(FaissNative.Upsert(_handle, ids.Length, i, v));
    }

    /// <summary>Removes vectors; unknown ids are passed over. Others change their positions.</summary>
    public void Remove(ReadOnlySpan<long> ids)
    {
        fixed (long* i = ids)
            FaissNative.Check(FaissNative.Remove(_handle, ids.Length, i));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private int RowsOf(int components)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(components % Dimension, 0, nameof(components));
        return components / Dimension;
    }
}
