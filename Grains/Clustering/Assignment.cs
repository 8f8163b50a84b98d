namespace ChatAnalysis.Grains.Clustering;

/// <summary>Finds each point's nearest centre, and compares only where centres have moved far enough to matter.</summary>
/// <remarks>
/// Hamerly, Making k-means even faster, SDM 2010: a point keeps an upper bound of the distance to its own centre and a lower
/// bound of the one to any other. Both follow the centres' moves; while they do not meet, the label holds. The bounds take in
/// what single precision may err, so that the labels are those of a full comparison.
/// </remarks>
internal sealed unsafe class Assignment
{
    private const int PointsPerBlock = 512;

    // Of a squared distance, in parts of the squared lengths that it is the difference of.
    private const float Error = 4e-6f;

    private readonly PointSet _points;
    private readonly float[] _squaredLengths;
    private readonly ParallelOptions _parallel;
    private readonly float[] _upper;
    private readonly float[] _lower;

    /// <summary>Starts with every point unlabelled.</summary>
    public Assignment(PointSet points, float[] squaredLengths, ParallelOptions parallel)
    {
        (_points, _squaredLengths, _parallel) = (points, squaredLengths, parallel);
        Labels = new int[points.Count];
        _upper = new float[points.Count];
        _lower = new float[points.Count];
        for (var point = 0; point < points.Count; point++)
            Label(point, -1);
    }

    /// <summary>[points] the nearest centre of each, -1 before the first round.</summary>
    public int[] Labels { get; }

    /// <summary>Gives a point a label from outside; the next round looks at it anew.</summary>
    public void Label(int point, int label)
    {
        Labels[point] = label;
        (_upper[point], _lower[point]) = (float.PositiveInfinity, float.NegativeInfinity);
    }

    /// <summary>Brings the labels up to date.</summary>
    /// <param name="centres">The centres as they are now.</param>
    /// <param name="panels">The same, packed.</param>
    public void Update(Centres centres, CentrePanels panels) =>
        Parallel.For(0, (_points.Count + PointsPerBlock - 1) / PointsPerBlock, _parallel, block => Update(block, centres, panels));

    private void Update(int block, Centres centres, CentrePanels panels)
    {
        var scores = stackalloc float[ScoreKernel.Points * panels.Lanes];
        var rows = stackalloc float*[ScoreKernel.Points];
        var pending = stackalloc int[ScoreKernel.Points];
        var count = 0;
        var end = Math.Min((block + 1) * PointsPerBlock, _points.Count);
        for (var point = block * PointsPerBlock; point < end; point++)
        {
            if (Holds(point, centres))
                continue;
            rows[count] = _points[point];
            pending[count] = point;
            if (++count < ScoreKernel.Points)
                continue;
            Compare(rows, pending, count, panels, scores);
            count = 0;
        }

        if (count > 0)
            Compare(rows, pending, count, panels, scores);
    }

    private bool Holds(int point, Centres centres)
    {
        var label = Labels[point];
        if (label < 0)
            return false;
        var lower = _lower[point] -= centres.LargestMoveBut(label);
        var upper = _upper[point] += centres.Move(label);
        if (upper < lower)
            return true;
        upper = MathF.Sqrt(PointSet.SquaredDistance(_points[point], centres[label], _points.Dimension)) * (1 + Error);
        _upper[point] = upper;
        return upper < lower;
    }

    private void Compare(float** rows, int* pending, int count, CentrePanels panels, float* scores)
    {
        for (var i = count; i < ScoreKernel.Points; i++)
            rows[i] = rows[0];
        panels.Score(rows, scores);
        for (var i = 0; i < count; i++)
        {
            var point = pending[i];
            var (nearest, least, next) = panels.LeastTwo(scores + (i * panels.Lanes));
            var squaredLength = _squaredLengths[point];
            var error = Error * (squaredLength + panels.LargestSquaredLength);
            Labels[point] = nearest;
            _upper[point] = MathF.Sqrt(Math.Max(0, squaredLength + (2 * least)) + error);
            _lower[point] = MathF.Sqrt(Math.Max(0, squaredLength + (2 * next) - error));
        }
    }
}
