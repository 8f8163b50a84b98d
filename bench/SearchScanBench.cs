using System.Diagnostics;
using System.Globalization;
using ChatAnalysis.Faiss;
using ChatAnalysis.Grains.VectorIndex;
using ChatAnalysis.Tests.VectorIndex;

namespace ChatAnalysis.Bench;

/// <summary>Single queries by the exact scan and by FAISS itself, taking turns; and the snapshot's way there and back.</summary>
internal static class SearchScanBench
{
    private const int Dimension = 384;
    private const int Rounds = 60;

    public static Task RunAsync()
    {
        foreach (var count in (int[])[22_500, 200_000])
            Compare(count);
        return Task.CompletedTask;
    }

    private static void Compare(int count)
    {
        var vectors = MixtureVectors.Create(Math.Min(count, 20_000), Dimension, 300);
        using var index = SearchIndex.Create(Dimension);
        for (var added = 0; added < count; added += vectors.Length / Dimension)
        {
            var rows = Math.Min(count - added, vectors.Length / Dimension);
            index.Upsert([.. Enumerable.Range(added, rows).Select(i => (long)i)], vectors.AsSpan(0, rows * Dimension));
        }

        var folder = Directory.CreateTempSubdirectory("chatanalysis-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "faiss_index.index");
            var write = Time(() => IndexSnapshot.Write(path, index, new IndexSnapshotStamp("m@0", 1, count)));
            var read = Enumerable.Range(0, 5)
                .Select(_ => Time(() => IndexSnapshot.Read(path, Dimension).Index!.Dispose())).Order().ElementAt(2);
            using var faiss = FaissIndex.Read(path);
            var (ten, hundred, faissTen) = (new List<double>(), new List<double>(), new List<double>());
            var (scores, ids) = (new float[10], new long[10]);
            for (var round = -5; round < Rounds; round++)
            {
                var query = vectors.AsMemory((round + 5) * 97 * Dimension, Dimension);
                ten.Add(Time(() => index.Search(query.Span, 10)));
                hundred.Add(Time(() => index.Search(query.Span, 100)));
                faissTen.Add(Time(() => faiss.Search(query.Span, 10, scores, ids)));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} x {Dimension}, half precision: {Describe("scan k=10", ten)}, {Describe("k=100", hundred)}, " +
                $"{Describe("FAISS k=10", faissTen)}; the scan is {Median(faissTen) / Median(ten):F1} times as fast; " +
                $"snapshot written in {write:F0} ms, read in {read:F0} ms"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Describe(string name, List<double> times) => string.Create(
        CultureInfo.InvariantCulture, $"{name} {Median(times):F2} ms (best {times.Min():F2})");

    private static double Median(List<double> times) => times.Skip(5).Order().ElementAt((times.Count - 5) / 2);

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
