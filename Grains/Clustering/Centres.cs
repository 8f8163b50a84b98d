using System.Numerics;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Grains.Clustering;

/// <summary>The centres: means of their points, kept as sums that follow the points which change sides.</summary>
/// <remarks>
/// Threads divide the components between them, not the points: so each sum is made in the points' order, whatever the number
/// of threads. Sums are in double precision, in which adding and taking away again leaves nothing behind that matters.
/// </remarks>
internal sealed unsafe class Centres
{
    private readonly PointSet _points;
    private readonly ParallelOptions _parallel;
    private readonly double[] _sums;
    private readonly int[] _sizes;
    private readonly float[] _moves;
    private int _farthestMover;
    private float _secondLargestMove;

    /// <summary>Starts with centres at some of the points.</summary>
    public Centres(PointSet points, IReadOnlyList<int> chosen, ParallelOptions parallel)
    {
        (_points, _parallel) = (points, parallel);
        Count = chosen.Count;
        Values = GC.AllocateUninitializedArray<float>(Count * points.Dimension, pinned: true);
        _sums = new double[Count * points.Dimension];
        _sizes = new int[Count];
        _moves = new float[Count];
        for (var centre = 0; centre < Count; centre++)
            new ReadOnlySpan<float>(points[chosen[centre]], points.Dimension).CopyTo(Values.AsSpan(centre * points.Dimension));
    }

    /// <summary>Number of centres.</summary>
    public int Count { get; }

    /// <summary>[Count x dimension], pinned.</summary>
    public float[] Values { get; }

    /// <summary>The components of a centre.</summary>
    public float* this[int centre] =>
        (float*)Marshal.UnsafeAddrOfPinnedArrayElement(Values, centre * _points.Dimension);

    /// <summary>Centres that no point belongs to.</summary>
    public IEnumerable<int> Empty => Enumerable.Range(0, Count).Where(centre => _sizes[centre] == 0);

    /// <summary>How far a centre went in the last move, rounded up.</summary>
    public float Move(int centre) => _moves[centre];

    /// <summary>How far any centre but this one went in the last move, rounded up.</summary>
    public float LargestMoveBut(int centre) => centre == _farthestMover ? _secondLargestMove : _moves[_farthestMover];

    /// <summary>How many points belong to a centre.</summary>
    public int SizeOf(int centre) => _sizes[centre];

    /// <summary>Moves points from one centre's sum to another's.</summary>
    /// <param name="points">Those that change sides, in ascending order.</param>
    /// <param name="from">[all points] the old labels, -1 for none.</param>
    /// <param name="to">[all points] the new ones.</param>
    public void Reassign(List<int> points, int[] from, int[] to)
    {
        foreach (var point in points)
        {
            if (from[point] >= 0)
                _sizes[from[point]]--;
            _sizes[to[point]]++;
        }

        var threads = _parallel.MaxDegreeOfParallelism;
        var width = ((_points.Dimension + threads - 1) / threads + 15) / 16 * 16;
        Parallel.For(0, (_points.Dimension + width - 1) / width, _parallel, slice =>
        {
            var start = slice * width;
            var length = Math.Min(width, _points.Dimension - start);
            foreach (var point in points)
            {
                if (from[point] >= 0)
                    Add(-1, point, from[point], start, length);
                Add(1, point, to[point], start, length);
            }
        });
    }

    /// <summary>The squared length of the mean of all points; each must belong to a centre.</summary>
    public double SquaredLengthOfMean()
    {
        var total = 0.0;
        for (var i = 0; i < _points.Dimension; i++)
        {
            var sum = 0.0;
            for (var centre = 0; centre < Count; centre++)
                sum += _sums[(centre * _points.Dimension) + i];
            total += sum / _points.Count * (sum / _points.Count);
        }

        return total;
    }

    /// <summary>Moves every centre that has points to their mean.</summary>
    /// <returns>The sum of the squared moves.</returns>
    public double MoveToMeans()
    {
        var total = 0.0;
        var dimension = _points.Dimension;
        for (var centre = 0; centre < Count; centre++)
        {
            var squared = 0.0;
            for (var i = centre * dimension; i < (centre + 1) * dimension && _sizes[centre] > 0; i++)
            {
                var mean = (float)(_sums[i] / _sizes[centre]);
                squared += ((double)mean - Values[i]) * ((double)mean - Values[i]);
                Values[i] = mean;
            }

            // Rounded up generously, for the bounds that grow by it some hundred times.
            _moves[centre] = (float)(Math.Sqrt(squared) * (1 + 1e-5)) + 1e-7f;
            total += squared;
        }

        _farthestMover = Array.IndexOf(_moves, _moves.Max());
        _secondLargestMove = _moves.Where((_, centre) => centre != _farthestMover).DefaultIfEmpty().Max();
        return total;
    }

    private void Add(double sign, int point, int centre, int start, int length)
    {
        var source = _points[point] + start;
        var i = 0;
        fixed (double* sums = &_sums[(centre * _points.Dimension) + start])
        {
            for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector.Widen(Vector.Load(source + i), out var lower, out var upper);
                var target = sums + i;
                Vector.Store(Vector.Load(target) + (lower * sign), target);
                target += Vector<double>.Count;
                Vector.Store(Vector.Load(target) + (upper * sign), target);
            }

            for (; i < length; i++)
                sums[i] += sign * source[i];
        }
    }
}
