using System.Diagnostics;
using ChatAnalysis.Grains.Embedding;

namespace ChatAnalysis.Bench;

/// <summary>An upload from the first byte sent to the last byte answered, warm, beside ONNX Runtime alone on the same texts.</summary>
internal static class UploadBench
{
    private const int Messages = 8000, MessagesAFile = 500, Rounds = 7;

    public static async Task RunAsync()
    {
        if (SharedData.Taskmaster() is not { } all || SharedData.Clinc() is not { } others)
            return;

        var texts = all[..Messages];
        using var alone = await OnnxRuntimeAlone.LoadAsync(new EmbeddingOptions(), texts);
        await alone.RunAsync();
        var (upload, reference, ratio) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            // A new folder and an empty cache each time; texts of another collection warm the code up.
            await using var service = await Service.StartAsync();
            await service.Client.UploadAsync(others.Take(3000), MessagesAFile);

            var before = await alone.RunAsync();
            var start = Stopwatch.GetTimestamp();
            await service.Client.UploadAsync(texts, MessagesAFile);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var after = await alone.RunAsync();
            if (round == 0)
                continue;
            upload.Add(seconds);
            reference.Add((before + after) / 2);
            ratio.Add(upload[^1] / reference[^1]);
        }

        Console.WriteLine($"{Messages} messages in {Messages / MessagesAFile} files, {texts.Distinct().Count()} distinct: {upload.Median():F2} s; " +
            $"ONNX Runtime alone on the distinct texts {reference.Median():F2} s");
        Console.WriteLine($"ratio: median {ratio.Median():F3}, {ratio.Min():F3} to {ratio.Max():F3} (aim 1.10, limit 1.25)");
    }
}
