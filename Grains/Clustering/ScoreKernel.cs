using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ChatAnalysis.Grains.Clustering;

/// <summary>
/// Inner products of eight points with a panel of centres, kept in registers: the inside of a matrix product.
/// </summary>
/// <remarks>
/// A panel holds 16 or 32 centres component by component, so that one load takes a component of many centres. With 512-bit
/// vectors eight points at once need 8 or 16 of the 32 registers for sums; with 256-bit ones two or four points fit.
/// Each point's sums run over the components in order, whatever points are beside it.
/// </remarks>
internal static unsafe class ScoreKernel
{
    /// <summary>Points that go through the kernel together.</summary>
    public const int Points = 8;

    /// <summary>Computes scores: half a centre's squared length less the inner product; the nearest centre has the least.</summary>
    /// <param name="rows">[8] the points; some may be the same.</param>
    /// <param name="panel">[dimension x width]</param>
    /// <param name="width">Centres in the panel, 16 or 32.</param>
    /// <param name="halfLengths">[width] half of each centre's squared length.</param>
    /// <param name="dimension">Components of a point.</param>
    /// <param name="scores">Takes [8 x stride], of which the first width of a row are written.</param>
    /// <param name="stride">Scores from one point's to the next's.</param>
    public static void Run(float** rows, float* panel, int width, float* halfLengths, int dimension, float* scores, int stride)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            if (width == 32)
                Eight32(rows, panel, halfLengths, dimension, scores, stride);
            else
                Eight16(rows, panel, halfLengths, dimension, scores, stride);
        }
        else if (width == 32)
        {
            for (var i = 0; i < Points; i += 2)
                Two32(rows + i, panel, halfLengths, dimension, scores + (i * stride), stride);
        }
        else
        {
            for (var i = 0; i < Points; i += 4)
                Four16(rows + i, panel, halfLengths, dimension, scores + (i * stride), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight32(float** rows, float* panel, float* halfLengths, int dimension, float* scores, int stride)
    {
        float* x0 = rows[0], x1 = rows[1], x2 = rows[2], x3 = rows[3], x4 = rows[4], x5 = rows[5], x6 = rows[6], x7 = rows[7];
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
        for (nint i = 0; i < dimension; i++, panel += 32)
        {
            var (a, b) = (Vector512.Load(panel), Vector512.Load(panel + 16));
            Add(Vector512.Create(x0[i]), a, b, ref a0, ref b0);
            Add(Vector512.Create(x1[i]), a, b, ref a1, ref b1);
            Add(Vector512.Create(x2[i]), a, b, ref a2, ref b2);
            Add(Vector512.Create(x3[i]), a, b, ref a3, ref b3);
            Add(Vector512.Create(x4[i]), a, b, ref a4, ref b4);
            Add(Vector512.Create(x5[i]), a, b, ref a5, ref b5);
            Add(Vector512.Create(x6[i]), a, b, ref a6, ref b6);
            Add(Vector512.Create(x7[i]), a, b, ref a7, ref b7);
        }

        var (ha, hb) = (Vector512.Load(halfLengths), Vector512.Load(halfLengths + 16));
        Store(ha - a0, hb - b0, scores);
        Store(ha - a1, hb - b1, scores += stride);
        Store(ha - a2, hb - b2, scores += stride);
        Store(ha - a3, hb - b3, scores += stride);
        Store(ha - a4, hb - b4, scores += stride);
        Store(ha - a5, hb - b5, scores += stride);
        Store(ha - a6, hb - b6, scores += stride);
        Store(ha - a7, hb - b7, scores + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight16(float** rows, float* panel, float* halfLengths, int dimension, float* scores, int stride)
    {
        float* x0 = rows[0], x1 = rows[1], x2 = rows[2], x3 = rows[3], x4 = rows[4], x5 = rows[5], x6 = rows[6], x7 = rows[7];
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        for (nint i = 0; i < dimension; i++, panel += 16)
        {
            var a = Vector512.Load(panel);
            a0 = Vector512.MultiplyAddEstimate(Vector512.Create(x0[i]), a, a0);
            a1 = Vector512.MultiplyAddEstimate(Vector512.Create(x1[i]), a, a1);
            a2 = Vector512.MultiplyAddEstimate(Vector512.Create(x2[i]), a, a2);
            a3 = Vector512.MultiplyAddEstimate(Vector512.Create(x3[i]), a, a3);
            a4 = Vector512.MultiplyAddEstimate(Vector512.Create(x4[i]), a, a4);
            a5 = Vector512.MultiplyAddEstimate(Vector512.Create(x5[i]), a, a5);
            a6 = Vector512.MultiplyAddEstimate(Vector512.Create(x6[i]), a, a6);
            a7 = Vector512.MultiplyAddEstimate(Vector512.Create(x7[i]), a, a7);
        }

        var h = Vector512.Load(halfLengths);
        (h - a0).Store(scores);
        (h - a1).Store(scores += stride);
        (h - a2).Store(scores += stride);
        (h - a3).Store(scores += stride);
        (h - a4).Store(scores += stride);
        (h - a5).Store(scores += stride);
        (h - a6).Store(scores += stride);
        (h - a7).Store(scores + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two32(float** rows, float* panel, float* halfLengths, int dimension, float* scores, int stride)
    {
        float* x0 = rows[0], x1 = rows[1];
        Vector256<float> a0 = default, b0 = default, c0 = default, d0 = default, a1 = default, b1 = default, c1 = default, d1 = default;
        for (nint i = 0; i < dimension; i++, panel += 32)
        {
            var (first, second) = (Vector256.Create(x0[i]), Vector256.Create(x1[i]));
            AddPair(first, second, Vector256.Load(panel), ref a0, ref a1);
            AddPair(first, second, Vector256.Load(panel + 8), ref b0, ref b1);
            AddPair(first, second, Vector256.Load(panel + 16), ref c0, ref c1);
            AddPair(first, second, Vector256.Load(panel + 24), ref d0, ref d1);
        }

        StorePair(halfLengths, a0, a1, scores, stride);
        StorePair(halfLengths + 8, b0, b1, scores + 8, stride);
        StorePair(halfLengths + 16, c0, c1, scores + 16, stride);
        StorePair(halfLengths + 24, d0, d1, scores + 24, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four16(float** rows, float* panel, float* halfLengths, int dimension, float* scores, int stride)
    {
        float* x0 = rows[0], x1 = rows[1], x2 = rows[2], x3 = rows[3];
        Vector256<float> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
        for (nint i = 0; i < dimension; i++, panel += 16)
        {
            var (a, b) = (Vector256.Load(panel), Vector256.Load(panel + 8));
            AddPair(a, b, Vector256.Create(x0[i]), ref a0, ref b0);
            AddPair(a, b, Vector256.Create(x1[i]), ref a1, ref b1);
            AddPair(a, b, Vector256.Create(x2[i]), ref a2, ref b2);
            AddPair(a, b, Vector256.Create(x3[i]), ref a3, ref b3);
        }

        StorePair(halfLengths, a0, a1, scores, stride);
        StorePair(halfLengths + 8, b0, b1, scores + 8, stride);
        StorePair(halfLengths, a2, a3, scores + (2 * stride), stride);
        StorePair(halfLengths + 8, b2, b3, scores + (2 * stride) + 8, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector512<float> point, Vector512<float> a, Vector512<float> b, ref Vector512<float> sumA, ref Vector512<float> sumB)
    {
        sumA = Vector512.MultiplyAddEstimate(point, a, sumA);
        sumB = Vector512.MultiplyAddEstimate(point, b, sumB);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPair(
        Vector256<float> a, Vector256<float> b, Vector256<float> both, ref Vector256<float> sumA, ref Vector256<float> sumB)
    {
        sumA = Vector256.MultiplyAddEstimate(a, both, sumA);
        sumB = Vector256.MultiplyAddEstimate(b, both, sumB);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> a, Vector512<float> b, float* scores)
    {
        a.Store(scores);
        b.Store(scores + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(float* halfLengths, Vector256<float> first, Vector256<float> second, float* scores, int stride)
    {
        var half = Vector256.Load(halfLengths);
        (half - first).Store(scores);
        (half - second).Store(scores + stride);
    }
}
