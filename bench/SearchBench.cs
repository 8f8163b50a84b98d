using System.Diagnostics;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Bench;

/// <summary>Searches over HTTP, one at a time, each query new: embedding, scan, rows and transport included.</summary>
internal static class SearchBench
{
    private const int WarmUps = 200;

    public static async Task RunAsync()
    {
        if (SharedData.Clinc() is not { } texts || SharedData.ClincOutOfScope() is not { } queries)
            return;

        await using var service = await Service.StartAsync();
        await service.Client.UploadAsync(texts, messagesAFile: 1500);
        var (whole, embedding, index) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var query in queries.Distinct())
        {
            whole.Add(await MeasureAsync(() => service.Client.GetByteArrayAsync($"/v1/search?q={Uri.EscapeDataString(query)}")));

            // The same again in parts; another text, as the first is in the cache now.
            EmbeddingResult? embedded = null;
            embedding.Add(await MeasureAsync(async () =>
                embedded = await service.Embedding.EmbedAsync(new EmbeddingRequest([$"{query} ?"], Interactive: true), CancellationToken.None)));
            index.Add(await MeasureAsync(() =>
                service.Index.SearchAsync(new SearchQuery(embedded!.Model, embedded.Vectors.Values, 10), CancellationToken.None)));
        }

        whole.RemoveRange(0, WarmUps);
        Console.WriteLine($"{texts.Length} messages, {whole.Count} searches: p50 {whole.Median():F2} ms (limit 4), " +
            $"p99 {whole.Percentile(0.99):F2} ms; embedding alone p50 {embedding.Median():F2} ms, the index alone {index.Median():F2} ms");
    }

    private static async Task<double> MeasureAsync(Func<Task> callAsync)
    {
        var start = Stopwatch.GetTimestamp();
        await callAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
