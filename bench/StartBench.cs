using System.Diagnostics;
using ChatAnalysis.Silo.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace ChatAnalysis.Bench;

/// <summary>From the start of the published program to its first 200 on /health, with many vectors on disk.</summary>
internal static class StartBench
{
    private const int Vectors = 200_000, Rounds = 7, Port = 5917;

    public static async Task RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("chatanalysis-bench-").FullName;
        try
        {
            await FillAsync(data, Vectors);
            await MeasureAsync(data, "clean stop before", kill: false);
            await MeasureAsync(data, "SIGKILL before", kill: true);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Fills a folder with vectors that cost nothing to make.</summary>
    public static async Task FillAsync(string data, int vectors)
    {
        await using var real = await Service.StartAsync();
        var model = await real.Embedding.GetModelAsync(CancellationToken.None);
        await using var service = await Service.StartAsync(data, builder =>
        {
            builder.AddInProcessCluster();
            builder.Services.AddSingleton<Grains.Interfaces.IEmbeddingGrain>(new SeededEmbedding(model));
        });
        await service.Client.UploadAsync(Enumerable.Range(0, vectors).Select(i => $"message {i}"), messagesAFile: 10_000);
    }

    private static async Task MeasureAsync(string data, string label, bool kill)
    {
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await using var gateway = await ProgramProcess.StartAsync("Gateway", Port, ("DATA_DIR", data));
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (kill)
                gateway.Kill();
        }

        Console.WriteLine($"{Vectors} vectors, {label}: ready after {seconds.Median():F2} s, at worst {seconds.Max():F2} s (limit 1)");
    }
}
