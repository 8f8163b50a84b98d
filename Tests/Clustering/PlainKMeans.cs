namespace ChatAnalysis.Tests.Clustering;

/// <summary>Greedy k-means++ and Lloyd as the books have them, in double precision: slow, and easy to believe.</summary>
internal static class PlainKMeans
{
    public static double Inertia(float[] vectors, int dimension, int clusters, int seed)
    {
        var count = vectors.Length / dimension;
        var random = new Random(seed);
        var centres = Seed(vectors, dimension, clusters, random);
        var labels = new int[count];
        for (var round = 0; round < 300; round++)
        {
            var next = Enumerable.Range(0, count)
                .Select(row => Enumerable.Range(0, clusters).MinBy(label => SquaredDistance(vectors, row, centres, label, dimension)))
                .ToArray();
            if (round > 0 && next.AsSpan().SequenceEqual(labels))
                break;
            labels = next;
            foreach (var group in Enumerable.Range(0, count).GroupBy(row => labels[row]))
                for (var i = 0; i < dimension; i++)
                    centres[(group.Key * dimension) + i] = (float)group.Average(row => (double)vectors[(row * dimension) + i]);
        }

        return Enumerable.Range(0, count).Sum(row => SquaredDistance(vectors, row, centres, labels[row], dimension));
    }

    public static double SquaredDistance(float[] vectors, int row, float[] centres, int label, int dimension)
    {
        var sum = 0.0;
        for (var i = 0; i < dimension; i++)
        {
            var difference = (double)vectors[(row * dimension) + i] - centres[(label * dimension) + i];
            sum += difference * difference;
        }

        return sum;
    }

    private static float[] Seed(float[] vectors, int dimension, int clusters, Random random)
    {
        var count = vectors.Length / dimension;
        var centres = new float[clusters * dimension];
        var nearest = Enumerable.Repeat(double.PositiveInfinity, count).ToArray();
        for (var centre = 0; centre < clusters; centre++)
        {
            var candidates = Enumerable.Range(0, centre == 0 ? 1 : 2 + (int)Math.Log(clusters))
                .Select(_ => centre == 0 ? random.Next(count) : Draw(nearest, random.NextDouble() * nearest.Sum())).ToArray();
            var (best, distances) = candidates
                .Select(candidate => (candidate, Enumerable.Range(0, count)
                    .Select(row => Math.Min(nearest[row], SquaredDistance(vectors, row, vectors, candidate, dimension))).ToArray()))
                .MinBy(trial => trial.Item2.Sum());
            nearest = distances;
            vectors.AsSpan(best * dimension, dimension).CopyTo(centres.AsSpan(centre * dimension));
        }

        return centres;
    }

    private static int Draw(double[] weights, double threshold)
    {
        for (var row = 0; row < weights.Length; row++)
            if ((threshold -= weights[row]) < 0)
                return row;
        return weights.Length - 1;
    }
}
