using System.Runtime.CompilerServices;
using ChatAnalysis.Faiss;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Exact search: compares a query with every vector, in FAISS's own memory, on all cores.</summary>
internal static unsafe class ExactScan
{
    // About 3 MB at 384 components: some tenths of a millisecond, so that few vectors do not pay for waking a thread.
    private const int RowsPerBlock = 4096;

    /// <summary>The k vectors with the largest inner product, best first, of equal ones the smaller id.</summary>
    /// <param name="contents">What is searched; it must stay as it is meanwhile.</param>
    /// <param name="query">[dimension]</param>
    /// <param name="k">Neighbours wanted; fewer are given where there are fewer.</param>
    /// <param name="allowed">The ids among which to search; null for all.</param>
    public static Neighbour[] Search(FaissContents contents, ReadOnlySpan<float> query, int k, IdSet? allowed = null)
    {
        k = (int)Math.Min(k, Math.Min(contents.Count, allowed?.Count ?? long.MaxValue));
        if (k <= 0)
            return [];
        var dimension = query.Length;
        var blocks = (int)((contents.Count + RowsPerBlock - 1) / RowsPerBlock);
        fixed (float* pinned = query)
        {
            var components = pinned;
            var nearest = new NearestNeighbours(k);
            if (blocks == 1)
            {
                Scan(contents, components, dimension, 0, nearest, allowed);
                return nearest.ToArray();
            }

            Parallel.For(
                0,
                blocks,
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                () => new NearestNeighbours(k),
                (block, _, own) =>
                {
                    Scan(contents, components, dimension, block, own, allowed);
                    return own;
                },
                own =>
                {
                    lock (nearest)
                        nearest.OfferAll(own);
                });
            return nearest.ToArray();
        }
    }

    private static void Scan(
        FaissContents contents, float* query, int dimension, int block, NearestNeighbours nearest, IdSet? allowed)
    {
        if (allowed is null)
            ScanBlock(contents, query, dimension, block, nearest);
        else
            ScanAllowed(contents, query, dimension, block, nearest, allowed);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanBlock(FaissContents contents, float* query, int dimension, int block, NearestNeighbours nearest)
    {
        var first = (long)block * RowsPerBlock;
        var end = Math.Min(first + RowsPerBlock, contents.Count);
        for (var row = first; row < end; row++)
            nearest.Offer(contents.Ids[row], HalfVector.Dot(contents.Vectors + (row * dimension), query, dimension));
    }

    private static void ScanAllowed(
        FaissContents contents, float* query, int dimension, int block, NearestNeighbours nearest, IdSet allowed)
    {
        var first = (long)block * RowsPerBlock;
        var end = Math.Min(first + RowsPerBlock, contents.Count);
        for (var row = first; row < end; row++)
            if (allowed.Contains(contents.Ids[row]))
                nearest.Offer(contents.Ids[row], HalfVector.Dot(contents.Vectors + (row * dimension), query, dimension));
    }
}
