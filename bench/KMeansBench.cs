using System.Diagnostics;
using System.Globalization;
using ChatAnalysis.Grains.Clustering;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Bench;

/// <summary>KMeans beside scikit-learn's: the same vectors, ten seeds each, taking turns.</summary>
internal static class KMeansBench
{
    private const int Seeds = 10;

    public static async Task RunAsync()
    {
        if (SharedData.Clinc() is not { } texts)
            return;
        VectorBlock vectors;
        await using (var service = await Service.StartAsync())
            vectors = (await service.Embedding.EmbedAsync(new EmbeddingRequest(texts), CancellationToken.None)).Vectors;
        await CompareAsync(vectors.Values.ToArray(), vectors.Dimension);
    }

    private static async Task CompareAsync(float[] vectors, int dimension)
    {
        var count = vectors.Length / dimension;
        using var reference = await ScikitLearn.StartAsync(vectors, dimension);
        var beside = reference?.Version ?? "nothing: python3-sklearn is not installed";
        Console.WriteLine($"{count} x {dimension}, {Environment.ProcessorCount} threads, beside {beside}");
        foreach (var clusters in (int[])[5, 50, 150])
        {
            var (own, theirs) = (new List<Run>(), new List<Run>());
            _ = Fit(vectors, dimension, clusters, Seeds);
            for (var seed = 0; seed < Seeds; seed++)
            {
                own.Add(Fit(vectors, dimension, clusters, seed));
                if (reference is not null && await reference.FitAsync(clusters, seed) is var (seconds, inertia, iterations))
                    theirs.Add(new Run(seconds, inertia, iterations));
            }

            Console.WriteLine($"k={clusters,-4} {Describe(own, count)}");
            if (theirs.Count == 0)
                continue;
            var ratio = own.Average(run => run.Inertia) / theirs.Average(run => run.Inertia);
            var speed = Seconds(theirs) / Seconds(own);
            Console.WriteLine($"       scikit-learn {Describe(theirs, count)}");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"       inertia {(ratio - 1) * 100:+0.00;-0.00} % against scikit-learn's, {speed:F1} times as fast"));
        }
    }

    private static Run Fit(float[] vectors, int dimension, int clusters, int seed)
    {
        var options = new KMeansOptions { Clusters = clusters, Seed = (ulong)seed };
        var start = Stopwatch.GetTimestamp();
        var result = KMeans.Fit(vectors, dimension, options, CancellationToken.None);
        return new Run(Stopwatch.GetElapsedTime(start).TotalSeconds, result.Inertia, result.Iterations);
    }

    private static string Describe(List<Run> runs, int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"median {Seconds(runs):F3} s, inertia a vector {runs.Average(r => r.Inertia) / count:F4} on average, " +
        $"{runs.Average(r => r.Iterations):F0} rounds");

    private static double Seconds(List<Run> runs) => runs.ConvertAll(run => run.Seconds).Median();

    private sealed record Run(double Seconds, double Inertia, int Iterations);
}
