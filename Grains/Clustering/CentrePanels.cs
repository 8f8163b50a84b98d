using System.Numerics;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Grains.Clustering;

/// <summary>Centres laid out for <see cref="ScoreKernel"/>: panels of 32, and a last one of 16 where that is enough.</summary>
internal sealed unsafe class CentrePanels : IDisposable
{
    private const int Wide = 32;
    private const int Narrow = 16;
    private readonly int _dimension;
    private readonly float* _panels;
    private readonly float* _halfLengths;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">The most centres that it will hold.</param>
    /// <param name="dimension">Components of a centre.</param>
    public CentrePanels(int capacity, int dimension)
    {
        _dimension = dimension;
        Lanes = (capacity + Narrow - 1) / Narrow * Narrow;
        _halfLengths = (float*)NativeMemory.AlignedAlloc((nuint)Lanes * sizeof(float), 64);
        _panels = (float*)NativeMemory.AlignedAlloc((nuint)Lanes * (nuint)dimension * sizeof(float), 64);
    }

    /// <summary>Frees it, where Dispose was not called.</summary>
    ~CentrePanels() => Free();

    /// <summary>Scores that a point gets: the capacity, rounded up.</summary>
    public int Lanes { get; }

    /// <summary>The squared length of the longest centre.</summary>
    public float LargestSquaredLength { get; private set; }

    /// <summary>Takes centres in. Lanes that are left over score infinitely badly.</summary>
    /// <param name="count">Centres, at most the capacity.</param>
    /// <param name="centre">The components of each.</param>
    public void Pack(int count, Func<int, nint> centre)
    {
        LargestSquaredLength = 0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var panelStart = lane / Wide * Wide;
            var width = Math.Min(Wide, Lanes - panelStart);
            var target = _panels + ((long)panelStart * _dimension) + (lane - panelStart);
            if (lane >= count)
            {
                _halfLengths[lane] = float.PositiveInfinity;
                for (var i = 0; i < _dimension; i++)
                    target[i * width] = 0;
                continue;
            }

            var source = (float*)centre(lane);
            for (var i = 0; i < _dimension; i++)
                target[i * width] = source[i];
            var squaredLength = PointSet.Dot(source, source, _dimension);
            _halfLengths[lane] = squaredLength / 2;
            LargestSquaredLength = Math.Max(LargestSquaredLength, squaredLength);
        }
    }

    /// <summary>Scores points against all centres: half the squared distance, less half the point's squared length.</summary>
    /// <param name="rows">[8] points.</param>
    /// <param name="scores">Takes [8 x Lanes].</param>
    public void Score(float** rows, float* scores)
    {
        for (var lane = 0; lane < Lanes; lane += Wide)
        {
            var width = Math.Min(Wide, Lanes - lane);
            ScoreKernel.Run(rows, _panels + ((long)lane * _dimension), width, _halfLengths + lane, _dimension, scores + lane, Lanes);
        }
    }

    /// <summary>Finds a point's least two scores.</summary>
    /// <param name="scores">[Lanes]</param>
    /// <returns>The lane of the least (the first of equal ones), it, and the next, infinite where there is one centre only.</returns>
    public (int Nearest, float Least, float Next) LeastTwo(float* scores)
    {
        var least = Vector.Load(scores);
        var next = new Vector<float>(float.PositiveInfinity);
        for (var lane = Vector<float>.Count; lane < Lanes; lane += Vector<float>.Count)
        {
            var here = Vector.Load(scores + lane);
            next = Vector.Min(next, Vector.Max(least, here));
            least = Vector.Min(least, here);
        }

        var (first, second) = (float.PositiveInfinity, float.PositiveInfinity);
        for (var i = 0; i < Vector<float>.Count; i++)
        {
            second = Math.Min(second, Math.Min(next[i], Math.Max(first, least[i])));
            first = Math.Min(first, least[i]);
        }

        return (new ReadOnlySpan<float>(scores, Lanes).IndexOf(first), first, second);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_panels);
        NativeMemory.AlignedFree(_halfLengths);
    }
}
