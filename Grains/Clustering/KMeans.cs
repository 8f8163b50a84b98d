namespace ChatAnalysis.Grains.Clustering;

/// <summary>Groups vectors so that the squared distances to their groups' centres are small in sum.</summary>
/// <remarks>
/// Lloyd's algorithm from one greedy k-means++ start, with scikit-learn's stopping rule. Vectors are taken to lie around
/// the origin, as unit vectors do; a common offset much larger than the distances between them would cost precision.
/// The result does not depend on the number of threads.
/// </remarks>
public static unsafe class KMeans
{
    /// <summary>Groups vectors.</summary>
    /// <param name="vectors">[count x <paramref name="dimension"/>], row-major, finite numbers.</param>
    /// <param name="dimension">Components of a vector, at least 1.</param>
    /// <param name="options">How; every value within its range.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The groups; none where there are no vectors.</returns>
    /// <exception cref="ArgumentException">The vectors' number of values is no multiple of the dimension, or one is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static KMeansResult Fit(ReadOnlyMemory<float> vectors, int dimension, KMeansOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Clusters);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Clusters, KMeansOptions.MaxClusters);
        if (vectors.Length % dimension != 0)
            throw new ArgumentException($"{vectors.Length} values are no whole number of vectors of {dimension}", nameof(vectors));
        cancellationToken.ThrowIfCancellationRequested();
        var count = vectors.Length / dimension;
        if (count == 0)
            return new KMeansResult([], [], 0, 0, 0);

        var parallel = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
        };
        var random = new SplitMix64(options.Seed);
        using var pinned = vectors.Pin();
        var all = new PointSet((float*)pinned.Pointer, dimension, count);
        var sample = count <= options.SampleLimit
            ? all
            : new PointSet((float*)pinned.Pointer, dimension, options.SampleLimit, Sample(count, options.SampleLimit, random));

        var lengths = SquaredLengths(sample, parallel);
        var chosen = Seeding.Choose(sample, lengths, Math.Min(options.Clusters, sample.Count), random, parallel);
        var centres = new Centres(sample, chosen, parallel);
        var lloyd = new Lloyd(sample, lengths, centres, parallel);
        var iterations = lloyd.Run(options.MaxIterations, options.Tolerance);
        var labels = sample == all ? lloyd.Labels : AssignAll(all, centres, parallel);
        return Finish(all, labels, centres, iterations, parallel);
    }

    /// <summary>Rows in ascending order, each as likely as the other (Knuth's algorithm S).</summary>
    private static int[] Sample(int count, int size, SplitMix64 random)
    {
        var rows = new int[size];
        for (int row = 0, taken = 0; taken < size; row++)
            if (random.Next(count - row) < size - taken)
                rows[taken++] = row;
        return rows;
    }

    private static float[] SquaredLengths(PointSet points, ParallelOptions parallel)
    {
        var lengths = new float[points.Count];
        Parallel.For(0, points.Count, parallel, point => lengths[point] = points.SquaredLength(point));
        return lengths.All(float.IsFinite) ? lengths : throw new ArgumentException("A vector has a component that is not a finite number");
    }

    private static int[] AssignAll(PointSet all, Centres centres, ParallelOptions parallel)
    {
        using var panels = new CentrePanels(centres.Count, all.Dimension);
        panels.Pack(centres.Count, centre => (nint)centres[centre]);
        var assignment = new Assignment(all, SquaredLengths(all, parallel), parallel);
        assignment.Update(centres, panels);
        return assignment.Labels;
    }

    /// <summary>Leaves out centres without points and sums the distances up.</summary>
    private static KMeansResult Finish(PointSet points, int[] labels, Centres centres, int iterations, ParallelOptions parallel)
    {
        var distances = new float[points.Count];
        Parallel.For(0, points.Count, parallel, point =>
            distances[point] = PointSet.SquaredDistance(points[point], centres[labels[point]], points.Dimension));

        var used = labels.Distinct().Order().ToArray();
        var values = new float[used.Length * points.Dimension];
        for (var label = 0; label < used.Length; label++)
            centres.Values.AsSpan(used[label] * points.Dimension, points.Dimension).CopyTo(values.AsSpan(label * points.Dimension));
        if (used.Length < centres.Count)
            for (var point = 0; point < labels.Length; point++)
                labels[point] = Array.BinarySearch(used, labels[point]);
        return new KMeansResult(labels, values, used.Length, distances.Sum(distance => (double)distance), iterations);
    }
}
