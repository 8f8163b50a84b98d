using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Grains.Clustering;

/// <summary>Chooses the first centres among the points: greedy k-means++, as scikit-learn does.</summary>
/// <remarks>
/// Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, SODA 2007: each further centre is drawn with a
/// probability that grows with the squared distance to the nearest one chosen. Of 2 + log k drawn, the one is taken that
/// leaves the least sum of these distances.
/// </remarks>
internal sealed unsafe class Seeding
{
    private const int PointsPerBlock = 512;

    // Points closer than a thousandth of their length count as equal. It takes vectors of the same text, which differ by
    // the rounding to half precision, for what they are; no two texts are that close.
    private const float Same = 1e-6f;

    // Below this the difference of large numbers is too coarse, and the distance is computed component by component.
    private const float Close = 1e-4f;

    private readonly PointSet _points;
    private readonly float[] _squaredLengths;
    private readonly ParallelOptions _parallel;
    private readonly CentrePanels _panels;
    private readonly int _blocks;

    // [points x lanes] the squared distance of a point to the nearest centre, were the lane's candidate one; and
    // [blocks x lanes] the sums of these. The lane of the candidate that was taken tells how things stand.
    private readonly float[] _distances;
    private readonly double[] _sums;
    private int _taken;

    private Seeding(PointSet points, float[] squaredLengths, CentrePanels panels, ParallelOptions parallel)
    {
        (_points, _squaredLengths, _panels, _parallel) = (points, squaredLengths, panels, parallel);
        _blocks = (points.Count + PointsPerBlock - 1) / PointsPerBlock;
        _distances = GC.AllocateUninitializedArray<float>(points.Count * panels.Lanes, pinned: true);
        Array.Fill(_distances, float.PositiveInfinity);
        _sums = new double[_blocks * panels.Lanes];
    }

    /// <summary>Chooses centres.</summary>
    /// <param name="points">At least one.</param>
    /// <param name="squaredLengths">[points]</param>
    /// <param name="clusters">Centres wanted.</param>
    /// <param name="random">Decides.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <returns>The points chosen, all different; fewer than wanted where there are fewer distinct ones.</returns>
    public static List<int> Choose(PointSet points, float[] squaredLengths, int clusters, SplitMix64 random, ParallelOptions parallel)
    {
        var trials = 2 + (int)Math.Log(clusters);
        using var panels = new CentrePanels(trials, points.Dimension);
        var seeding = new Seeding(points, squaredLengths, panels, parallel);
        var chosen = new List<int>(clusters);
        var (centre, left) = seeding.Take([random.Next(points.Count)]);
        chosen.Add(centre);
        while (chosen.Count < clusters && left > 0)
        {
            var candidates = new int[trials];
            for (var i = 0; i < trials; i++)
                candidates[i] = seeding.Draw(random.NextDouble() * left);
            (centre, left) = seeding.Take(candidates);
            chosen.Add(centre);
        }

        return chosen;
    }

    /// <summary>Takes the best of some candidates for a centre.</summary>
    /// <returns>The candidate, and the sum of squared distances that it leaves.</returns>
    private (int Centre, double Left) Take(int[] candidates)
    {
        _panels.Pack(candidates.Length, candidate => (nint)_points[candidates[candidate]]);
        Parallel.For(0, _blocks, _parallel, block => Measure(block, candidates));
        var least = double.PositiveInfinity;
        for (var candidate = 0; candidate < candidates.Length; candidate++)
        {
            var sum = 0.0;
            for (var block = 0; block < _blocks; block++)
                sum += _sums[(block * _panels.Lanes) + candidate];
            if (sum < least)
                (_taken, least) = (candidate, sum);
        }

        return (candidates[_taken], least);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int block, int[] candidates)
    {
        var lanes = _panels.Lanes;
        var scores = stackalloc float[ScoreKernel.Points * lanes];
        var rows = stackalloc float*[ScoreKernel.Points];
        var sums = stackalloc double[lanes];
        new Span<double>(sums, lanes).Clear();
        var end = Math.Min((block + 1) * PointsPerBlock, _points.Count);
        for (var first = block * PointsPerBlock; first < end; first += ScoreKernel.Points)
        {
            for (var i = 0; i < ScoreKernel.Points; i++)
                rows[i] = _points[Math.Min(first + i, end - 1)];
            _panels.Score(rows, scores);
            for (var point = first; point < Math.Min(first + ScoreKernel.Points, end); point++)
            {
                var distances = DistancesOf(point);
                var nearest = distances[_taken];
                if (Improve(point, nearest, distances, scores + ((point - first) * lanes)))
                    Refine(point, nearest, distances, candidates);
                for (var lane = 0; lane < lanes; lane += Vector<float>.Count)
                {
                    Vector.Widen(Vector.Load(distances + lane), out var lower, out var upper);
                    var target = sums + lane;
                    Vector.Store(Vector.Load(target) + lower, target);
                    target += Vector<double>.Count;
                    Vector.Store(Vector.Load(target) + upper, target);
                }
            }
        }

        new ReadOnlySpan<double>(sums, lanes).CopyTo(_sums.AsSpan(block * lanes));
    }

    /// <summary>Sets a point's distances from its scores.</summary>
    /// <returns>Whether one came out so small that it has to be computed again.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Improve(int point, float nearest, float* distances, float* scores)
    {
        var squaredLength = new Vector<float>(_squaredLengths[point]);
        var small = Vector<int>.Zero;
        for (var lane = 0; lane < _panels.Lanes; lane += Vector<float>.Count)
        {
            var score = Vector.Load(scores + lane);
            var distance = Vector.Min(Vector.Max(squaredLength + score + score, Vector<float>.Zero), new Vector<float>(nearest));
            small |= Vector.LessThanOrEqual(distance, squaredLength * Close);
            Vector.Store(distance, distances + lane);
        }

        return nearest > 0 && small != Vector<int>.Zero;
    }

    private void Refine(int point, float nearest, float* distances, int[] candidates)
    {
        var squaredLength = _squaredLengths[point];
        for (var lane = 0; lane < candidates.Length; lane++)
        {
            if (distances[lane] > Close * squaredLength)
                continue;
            var distance = PointSet.SquaredDistance(_points[point], _points[candidates[lane]], _points.Dimension);
            distances[lane] = distance <= Same * squaredLength ? 0 : Math.Min(distance, nearest);
        }
    }

    /// <summary>The point at which the running sum of squared distances passes a threshold; never one at a centre.</summary>
    private int Draw(double threshold)
    {
        var block = 0;
        for (; block < _blocks - 1 && threshold >= _sums[(block * _panels.Lanes) + _taken]; block++)
            threshold -= _sums[(block * _panels.Lanes) + _taken];
        var last = -1;
        for (var point = block * PointsPerBlock; point < Math.Min((block + 1) * PointsPerBlock, _points.Count); point++)
        {
            var distance = DistancesOf(point)[_taken];
            if (distance <= 0)
                continue;
            last = point;
            threshold -= distance;
            if (threshold < 0)
                break;
        }

        if (last >= 0)
            return last;

        // Rounding carried the threshold past the end, into a block where nothing is left.
        for (last = _points.Count - 1; DistancesOf(last)[_taken] <= 0;)
            last--;
        return last;
    }

    private float* DistancesOf(int point) => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_distances, point * _panels.Lanes);
}
