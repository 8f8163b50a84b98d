using System.Numerics;

namespace ChatAnalysis.Grains.Clustering;

/// <summary>The vectors to group, or a choice of them, where they lie. The memory is pinned by the caller.</summary>
internal sealed unsafe class PointSet
{
    private readonly float* _first;
    private readonly int[]? _rows;

    /// <summary>Takes all vectors, or those of the given rows.</summary>
    /// <param name="first">[rows x dimension], row-major.</param>
    /// <param name="dimension">Components of a vector.</param>
    /// <param name="count">Vectors in the set.</param>
    /// <param name="rows">[count], or null for the first <paramref name="count"/>.</param>
    public PointSet(float* first, int dimension, int count, int[]? rows = null)
    {
        _first = first;
        _rows = rows;
        Dimension = dimension;
        Count = count;
    }

    /// <summary>Components of a vector.</summary>
    public int Dimension { get; }

    /// <summary>Vectors in the set.</summary>
    public int Count { get; }

    /// <summary>The components of a vector.</summary>
    public float* this[int point] => _first + ((long)(_rows is null ? point : _rows[point]) * Dimension);

    /// <summary>A vector's squared length.</summary>
    public float SquaredLength(int point) => Dot(this[point], this[point], Dimension);

    /// <summary>The inner product of two vectors.</summary>
    public static float Dot(float* a, float* b, int dimension)
    {
        var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= dimension - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            even = Vector.MultiplyAddEstimate(Vector.Load(a + i), Vector.Load(b + i), even);
            odd = Vector.MultiplyAddEstimate(Vector.Load(a + i + Vector<float>.Count), Vector.Load(b + i + Vector<float>.Count), odd);
        }

        var sum = Vector.Sum(even + odd);
        for (; i < dimension; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The squared distance of two vectors, exact also where they are close.</summary>
    public static float SquaredDistance(float* a, float* b, int dimension)
    {
        var total = Vector<float>.Zero;
        var i = 0;
        for (; i <= dimension - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = Vector.Load(a + i) - Vector.Load(b + i);
            total = Vector.MultiplyAddEstimate(difference, difference, total);
        }

        var sum = Vector.Sum(total);
        for (; i < dimension; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
