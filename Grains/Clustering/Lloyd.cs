namespace ChatAnalysis.Grains.Clustering;

/// <summary>Lloyd's rounds: each point to its nearest centre, each centre to the mean of its points, until little moves.</summary>
internal sealed unsafe class Lloyd
{
    private readonly PointSet _points;
    private readonly float[] _squaredLengths;
    private readonly Centres _centres;
    private readonly Assignment _assignment;
    private readonly ParallelOptions _parallel;

    /// <summary>Starts from centres.</summary>
    public Lloyd(PointSet points, float[] squaredLengths, Centres centres, ParallelOptions parallel)
    {
        (_points, _squaredLengths, _centres, _parallel) = (points, squaredLengths, centres, parallel);
        _assignment = new Assignment(points, squaredLengths, parallel);
    }

    /// <summary>[points] the label of each.</summary>
    public int[] Labels => _assignment.Labels;

    /// <summary>Runs until no label changes, or little moves.</summary>
    /// <param name="maxIterations">Rounds at most.</param>
    /// <param name="tolerance">Ends it when a round's squared moves sum to at most this part of the mean variance of a component.</param>
    /// <returns>The number of rounds.</returns>
    public int Run(int maxIterations, double tolerance)
    {
        using var panels = new CentrePanels(_centres.Count, _points.Dimension);
        var previous = new int[_points.Count];
        var changed = new List<int>(_points.Count);
        var little = 0.0;
        for (var iteration = 1; ; iteration++)
        {
            Labels.CopyTo(previous, 0);
            panels.Pack(_centres.Count, centre => (nint)_centres[centre]);
            _assignment.Update(_centres, panels);
            changed.Clear();
            for (var point = 0; point < previous.Length; point++)
                if (Labels[point] != previous[point])
                    changed.Add(point);
            if (changed.Count == 0)
                return iteration;

            _centres.Reassign(changed, previous, Labels);
            if (iteration == 1)
                little = tolerance * MeanVariance();
            FillEmpty();
            if (_centres.MoveToMeans() <= little || iteration == maxIterations)
            {
                panels.Pack(_centres.Count, centre => (nint)_centres[centre]);
                _assignment.Update(_centres, panels);
                return iteration;
            }
        }
    }

    private double MeanVariance() =>
        ((_squaredLengths.Sum(length => (double)length) / _points.Count) - _centres.SquaredLengthOfMean()) / _points.Dimension;

    /// <summary>Gives each centre without points the point that is farthest from its own centre, as scikit-learn does.</summary>
    private void FillEmpty()
    {
        var empty = new Queue<int>(_centres.Empty);
        if (empty.Count == 0)
            return;
        var distances = new float[_points.Count];
        Parallel.For(0, _points.Count, _parallel, point =>
            distances[point] = PointSet.SquaredDistance(_points[point], _centres[Labels[point]], _points.Dimension));
        var farthestFirst = Enumerable.Range(0, _points.Count).OrderByDescending(point => distances[point]);
        foreach (var point in farthestFirst.TakeWhile(point => distances[point] > 0))
        {
            if (empty.Count == 0)
                return;
            if (_centres.SizeOf(Labels[point]) < 2)
                continue;
            var from = (int[])Labels.Clone();
            _assignment.Label(point, empty.Dequeue());
            _centres.Reassign([point], from, Labels);
        }
    }
}
