using System.Diagnostics;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Bench;

/// <summary>Tokens a second through the grain, against ONNX Runtime alone in the same process.</summary>
internal static class EmbeddingBench
{
    private const double Goal = 0.95;
    private const int Texts = 4000, Rounds = 5, Calls = 16, TextsInCall = 250;

    public static async Task RunAsync()
    {
        if (SharedData.Taskmaster() is not { } all)
            return;
        var texts = all.Distinct().Take(Texts).ToArray();
        // Without a cache: every round runs every text.
        var options = new EmbeddingOptions { CacheSize = 0 };
        using var alone = await OnnxRuntimeAlone.LoadAsync(options, texts);
        var clock = Stopwatch.StartNew();
        await using var grain = new EmbeddingGrain(options, NullLogger<EmbeddingGrain>.Instance);
        await grain.StartAsync(_ => Task.FromResult<ModelId?>(null), default);
        Console.WriteLine($"the grain started in {clock.Elapsed.TotalMilliseconds:F0} ms");

        await alone.RunAsync();
        await EmbedAsync(grain, texts);
        var (ratios, cpuRatios) = (new List<double>(), new List<double>());
        var (aloneSpeeds, grainSpeeds) = (new List<double>(), new List<double>());
        var before = await MeasureAsync(alone.RunAsync);
        for (var round = 0; round < Rounds; round++)
        {
            var measured = await MeasureAsync(() => EmbedAsync(grain, texts));
            var after = await MeasureAsync(alone.RunAsync);
            ratios.Add((before.Seconds + after.Seconds) / 2 / measured.Seconds);
            cpuRatios.Add((before.Cpu + after.Cpu) / 2 / measured.Cpu);
            aloneSpeeds.Add(alone.Tokens / after.Seconds);
            grainSpeeds.Add(alone.Tokens / measured.Seconds);
            before = after;
        }

        var counters = grain.Counters;
        Console.WriteLine(
            $"ONNX Runtime alone {aloneSpeeds.Median():N0} tokens/s, the grain {grainSpeeds.Median():N0} tokens/s " +
            $"({Calls} calls at once, {TextsInCall} texts each)");
        Console.WriteLine(
            $"ratio {ratios.Median():F3} (median of {Rounds}; {ratios.Min():F3} to {ratios.Max():F3}), the goal is {Goal}; " +
            $"by processor time {cpuRatios.Median():F3} ({cpuRatios.Min():F3} to {cpuRatios.Max():F3})");
        Console.WriteLine(
            $"{(double)counters.Tokens / counters.Batches:F0} tokens a batch, {(double)counters.Padding / counters.Tokens:P1} padding");

        var single = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            clock.Restart();
            await grain.EmbedAsync(new EmbeddingRequest([$"where is my order number {i}"], Interactive: true), default);
            single.Add(clock.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine($"one short text alone: p50 {single.Median():F2} ms");
    }

    /// <summary>Embeds texts as the parsers of so many files do: each has one call under way.</summary>
    private static async Task<double> EmbedAsync(EmbeddingGrain grain, string[] texts)
    {
        var files = texts.Chunk((texts.Length + Calls - 1) / Calls).ToArray();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(files.Select(file => Task.Run(async () =>
        {
            foreach (var part in file.Chunk(TextsInCall))
                await grain.EmbedAsync(new EmbeddingRequest(part), default);
        })));
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Seconds by the clock and of the processor; the latter suffer less from what else the machine does.</summary>
    private static async Task<(double Seconds, double Cpu)> MeasureAsync(Func<Task<double>> runAsync)
    {
        var before = Environment.CpuUsage.TotalTime;
        return (await runAsync(), (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
