using ChatAnalysis.Grains.Clustering;
using ChatAnalysis.Tests.VectorIndex;

namespace ChatAnalysis.Tests.Clustering;

public class KMeansTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public void The_number_of_threads_changes_nothing(int clusters)
    {
        var vectors = MixtureVectors.Create(3000, 96, 40);
        var alone = Fit(vectors, 96, clusters, threads: 1);
        foreach (var threads in (int[])[2, 3, 8, 0])
        {
            var together = Fit(vectors, 96, clusters, threads: threads);
            Assert.Equal(alone.Labels, together.Labels);
            Assert.Equal(alone.Centres, together.Centres);
            Assert.Equal(alone.Inertia, together.Inertia);
            Assert.Equal(alone.Iterations, together.Iterations);
        }
    }

    [Theory]
    [InlineData(1, 24, 3)]
    [InlineData(5, 64, 12)]
    [InlineData(33, 37, 100)]
    [InlineData(50, 20, 200)]
    public void Inertia_is_as_low_as_a_plain_implementations(int clusters, int dimension, int groups)
    {
        // Groups that run into each other: of clear ones a start may miss some, and ten starts would not average that out.
        var vectors = MixtureVectors.Create(700, dimension, groups, spread: 2);
        var (own, plain) = (0.0, 0.0);
        for (var seed = 0; seed < 10; seed++)
        {
            own += Fit(vectors, dimension, clusters, seed).Inertia;
            plain += PlainKMeans.Inertia(vectors, dimension, clusters, seed);
        }

        Assert.InRange(own / plain, 0, 1.005);
    }

    [Fact]
    public void Every_vector_has_the_label_of_its_nearest_centre()
    {
        var vectors = MixtureVectors.Create(4000, 48, 60);
        var result = Fit(vectors, 48, 40);
        var inertia = 0.0;
        for (var row = 0; row < 4000; row++)
        {
            var distances = Enumerable.Range(0, 40)
                .Select(label => PlainKMeans.SquaredDistance(vectors, row, result.Centres, label, 48)).ToArray();
            Assert.Equal(distances.Min(), distances[result.Labels[row]], 1e-6);
            inertia += distances[result.Labels[row]];
        }

        Assert.Equal(inertia, result.Inertia, 1e-6 * inertia);
        Assert.Equal(Enumerable.Range(0, 40), result.Labels.Distinct().Order());
    }

    [Fact]
    public void One_cluster_has_the_mean_for_its_centre()
    {
        var vectors = MixtureVectors.Create(500, 10, 5);
        var result = Fit(vectors, 10, 1);
        Assert.All(result.Labels, label => Assert.Equal(0, label));
        for (var i = 0; i < 10; i++)
            Assert.Equal(Enumerable.Range(0, 500).Average(row => (double)vectors[(row * 10) + i]), result.Centres[i], 1e-6);
    }

    [Fact]
    public void No_vectors_make_no_clusters()
    {
        var result = Fit([], 384, 5);
        Assert.Equal((0, 0, 0), (result.Clusters, result.Labels.Length, result.Centres.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void There_are_no_more_clusters_than_distinct_vectors(int distinct)
    {
        var originals = MixtureVectors.Create(distinct, 384, distinct);
        var vectors = Enumerable.Range(0, 1000).SelectMany(row => originals.Skip(row % distinct * 384).Take(384)).ToArray();

        var result = Fit(vectors, 384, 20);

        Assert.Equal(distinct, result.Clusters);
        Assert.Equal(0, result.Inertia, 1e-6);
        for (var row = distinct; row < 1000; row++)
            Assert.Equal(result.Labels[row % distinct], result.Labels[row]);
        Assert.Equal(distinct, result.Labels.Distinct().Count());
    }

    [Fact]
    public void Vectors_that_differ_by_rounding_only_count_as_one()
    {
        var original = MixtureVectors.Create(1, 384, 1);
        var random = new Random(3);
        var vectors = Enumerable.Range(0, 200)
            .SelectMany(_ => original.Select(x => (float)(Half)(x + (1e-5f * (random.NextSingle() - 0.5f))))).ToArray();
        Assert.True(vectors.Chunk(384).Select(row => string.Join(' ', row)).Distinct().Count() > 1);

        Assert.Equal(1, Fit(vectors, 384, 5).Clusters);
    }

    [Fact]
    public void Clear_groups_are_found()
    {
        var vectors = MixtureVectors.Create(600, 384, 6, spread: 0.1);
        var result = Fit(vectors, 384, 6);
        Assert.InRange(result.Inertia / 600, 0, 0.05);
    }

    [Fact]
    public void Past_the_limit_a_sample_decides_and_all_get_labels()
    {
        var vectors = MixtureVectors.Create(20_000, 32, 8, spread: 0.2);
        var options = new KMeansOptions { Clusters = 8, SampleLimit = 2000 };

        var result = KMeans.Fit(vectors, 32, options, CancellationToken.None);
        var whole = KMeans.Fit(vectors, 32, options with { SampleLimit = 20_000 }, CancellationToken.None);

        Assert.Equal(20_000, result.Labels.Length);
        Assert.InRange(result.Inertia / whole.Inertia, 0, 1.02);
        Assert.Equal(result.Labels, KMeans.Fit(vectors, 32, options with { Threads = 3 }, CancellationToken.None).Labels);
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        var vectors = MixtureVectors.Create(100, 8, 4);
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => KMeans.Fit(vectors, 8, new KMeansOptions(), cancelled));
    }

    [Fact]
    public void What_is_no_vector_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Fit(new float[10], 3, 2));
        Assert.Throws<ArgumentException>(() => Fit([1, 2, float.NaN, 4], 2, 2));
        Assert.Throws<ArgumentException>(() => Fit([1, 2, float.PositiveInfinity, 4], 2, 2));
    }

    private static KMeansResult Fit(float[] vectors, int dimension, int clusters, int seed = 42, int threads = 0) => KMeans.Fit(
        vectors, dimension, new KMeansOptions { Clusters = clusters, Seed = (ulong)seed, Threads = threads }, CancellationToken.None);
}
