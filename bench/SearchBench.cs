using System.Diagnostics;

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
        var milliseconds = new List<double>();
        foreach (var (index, query) in queries.Distinct().Index())
        {
            var start = Stopwatch.GetTimestamp();
            await service.Client.GetByteArrayAsync($"/v1/search?q={Uri.EscapeDataString(query)}");
            if (index >= WarmUps)
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine($"{texts.Length} messages, {milliseconds.Count} searches: p50 {milliseconds.Median():F2} ms (limit 4), " +
            $"p99 {milliseconds.Percentile(0.99):F2} ms");
    }
}
