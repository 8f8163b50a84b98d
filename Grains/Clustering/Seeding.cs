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
    private readonly int _blocks;

    // [trials][points] the squared distance to the nearest centre, were the trial chosen; and its sum over each block.
    private readonly float[][] _trialDistances;
    private readonly double[][] _trialSums;
    private float[] _distances;
    private double[] _sums;

    private Seeding(PointSet points, float[] squaredLengths, int trials, ParallelOptions parallel)
    {
        (_points, _squaredLengths, _parallel) = (points, squaredLengths, parallel);
        _blocks = (points.Count + PointsPerBlock - 1) / PointsPerBlock;
        _trialDistances = [.. Enumerable.Range(0, trials).Select(_ => new float[points.Count])];
        _trialSums = [.. Enumerable.Range(0, trials).Select(_ => new double[_blocks])];
        _distances = new float[points.Count];
        Array.Fill(_distances, float.PositiveInfinity);
        _sums = new double[_blocks];
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
        var seeding = new Seeding(points, squaredLengths, trials, parallel);
        using var panels = new CentrePanels(trials, points.Dimension);
        var chosen = new List<int>(clusters);
        var (centre, left) = seeding.Take([random.Next(points.Count)], panels);
        chosen.Add(centre);
        while (chosen.Count < clusters && left > 0)
        {
            var candidates = new int[trials];
            for (var i = 0; i < trials; i++)
                candidates[i] = seeding.Draw(random.NextDouble() * left);
            (centre, left) = seeding.Take(candidates, panels);
            chosen.Add(centre);
        }

        return chosen;
    }

    /// <summary>Takes the best of some candidates for a centre.</summary>
    /// <returns>The candidate, and the sum of squared distances that it leaves.</returns>
    private (int Centre, double Left) Take(int[] candidates, CentrePanels panels)
    {
        panels.Pack(candidates.Length, candidate => (nint)_points[candidates[candidate]]);
        Parallel.For(0, _blocks, _parallel, block => Measure(block, candidates, panels));
        var best = 0;
        var least = double.PositiveInfinity;
        for (var trial = 0; trial < candidates.Length; trial++)
        {
            var sum = 0.0;
            foreach (var part in _trialSums[trial])
                sum += part;
            if (sum < least)
                (best, least) = (trial, sum);
        }

        (_distances, _trialDistances[best]) = (_trialDistances[best], _distances);
        (_sums, _trialSums[best]) = (_trialSums[best], _sums);
        return (candidates[best], least);
    }

    private void Measure(int block, int[] candidates, CentrePanels panels)
    {
        var scores = stackalloc float[ScoreKernel.Points * panels.Lanes];
        var rows = stackalloc float*[ScoreKernel.Points];
        var end = Math.Min((block + 1) * PointsPerBlock, _points.Count);
        foreach (var sums in _trialSums)
            sums[block] = 0;
        for (var first = block * PointsPerBlock; first < end; first += ScoreKernel.Points)
        {
            for (var i = 0; i < ScoreKernel.Points; i++)
                rows[i] = _points[Math.Min(first + i, end - 1)];
            panels.Score(rows, scores);
            for (var trial = 0; trial < candidates.Length; trial++)
            {
                var centre = _points[candidates[trial]];
                for (var point = first; point < Math.Min(first + ScoreKernel.Points, end); point++)
                {
                    var distance = Distance(point, centre, scores[((point - first) * panels.Lanes) + trial]);
                    distance = Math.Min(distance, _distances[point]);
                    _trialDistances[trial][point] = distance;
                    _trialSums[trial][block] += distance;
                }
            }
        }
    }

    private float Distance(int point, float* centre, float score)
    {
        var squaredLength = _squaredLengths[point];
        var distance = squaredLength + (2 * score);
        if (distance > Close * squaredLength || _distances[point] == 0)
            return Math.Max(distance, 0);
        distance = PointSet.SquaredDistance(_points[point], centre, _points.Dimension);
        return distance <= Same * squaredLength ? 0 : distance;
    }

    /// <summary>The point at which the running sum of squared distances passes a threshold; never one at a centre.</summary>
    private int Draw(double threshold)
    {
        var block = 0;
        for (; block < _blocks - 1 && threshold >= _sums[block]; block++)
            threshold -= _sums[block];
        var last = -1;
        for (var point = block * PointsPerBlock; point < Math.Min((block + 1) * PointsPerBlock, _points.Count); point++)
        {
            if (_distances[point] <= 0)
                continue;
            last = point;
            threshold -= _distances[point];
            if (threshold < 0)
                break;
        }

        // Rounding may have carried the threshold past the end, even into a block where nothing is left.
        return last >= 0 ? last : Array.FindLastIndex(_distances, distance => distance > 0);
    }
}
