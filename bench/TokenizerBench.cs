using System.Diagnostics;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Embedding.Model;
using ChatAnalysis.Grains.Embedding.Tokenizer;

namespace ChatAnalysis.Bench;

/// <summary>Tokens a second on one core.</summary>
internal static class TokenizerBench
{
    private const double Goal = 2.5e6;
    private const int Rounds = 21;

    public static Task RunAsync()
    {
        if (SharedData.Taskmaster() is not { } texts)
            return Task.CompletedTask;
        var folder = ModelFolder.Find(new EmbeddingOptions());
        var clock = Stopwatch.StartNew();
        var tokenizer = new WordPieceTokenizer(VocabularyFile.Read(folder.Path));
        Console.WriteLine($"made in {clock.Elapsed.TotalMilliseconds:F0} ms");

        var ids = new int[256];
        var speeds = new List<double>();
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var tokens = 0L;
            var before = GC.GetAllocatedBytesForCurrentThread();
            clock.Restart();
            foreach (var text in texts)
                tokens += tokenizer.Encode(text, ids);
            speeds.Add(tokens / clock.Elapsed.TotalSeconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        speeds.Sort();
        Console.WriteLine(
            $"{speeds[Rounds / 2] / 1e6:F2} million tokens/s (median of {Rounds}; {speeds[0] / 1e6:F2} to {speeds[^1] / 1e6:F2}), " +
            $"{speeds[Rounds / 2] / Goal:F2} of the goal; {allocated} bytes allocated for {texts.Length:N0} texts");
        return Task.CompletedTask;
    }
}
