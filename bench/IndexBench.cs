using System.Diagnostics;
using System.Globalization;

namespace ChatAnalysis.Bench;

/// <summary>What the owner of the index costs, clustering apart: adding 8,000 messages, and starting with 200,000 vectors.</summary>
internal static class IndexBench
{
    private const int Files = 16;
    private const int MessagesAFile = 500;
    private const int Batch = 64;
    private const int StartMessages = 200_000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("index-bench-").FullName;
        try
        {
            await AddAsync(Path.Combine(folder, "add"));
            await StartAsync(Path.Combine(folder, "start"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AddAsync(string folder)
    {
        var filling = new SyntheticMessages(folder);
        await filling.Grain.StartAsync(default);
        await filling.UploadAsync(Files, MessagesAFile, Batch);
        var (cpu, wall, each) = (new List<double>(), new List<double>(), 9);
        for (var i = 0; i < each; i++)
        {
            var (startCpu, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            await filling.UploadAsync(Files, MessagesAFile, Batch);
            wall.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpu.Add((Environment.CpuUsage.TotalTime - startCpu).TotalSeconds);
        }

        await filling.Grain.StopAsync(default);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"adding {Files * MessagesAFile} messages, {Files} files, batches of {Batch}: {cpu.Median():F3} s CPU, {wall.Median():F3} s wall (medians of {each})"));
    }

    private static async Task StartAsync(string folder)
    {
        var filling = new SyntheticMessages(folder);
        await filling.Grain.StartAsync(default);
        var start = Stopwatch.GetTimestamp();
        await filling.UploadAsync(40, StartMessages / 40, 500);
        Console.WriteLine($"filling {StartMessages} messages: {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        await filling.Grain.StopAsync(default);
        var snapshot = new List<double>();
        for (var i = 0; i < 5; i++)
            snapshot.Add(await StartOnceAsync(folder));
        File.Delete(Path.Combine(folder, "faiss_index.index"));
        var rebuild = await StartOnceAsync(folder);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start with {StartMessages} vectors: {snapshot.Median():F3} s from the snapshot (median of 5), {rebuild:F3} s rebuilt from the database"));
    }

    private static async Task<double> StartOnceAsync(string folder)
    {
        var next = new SyntheticMessages(folder);
        var start = Stopwatch.GetTimestamp();
        await next.Grain.StartAsync(default);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await next.Grain.StopAsync(default);
        return elapsed;
    }
}
