namespace ChatAnalysis.Bench;

/// <summary>Runs the benchmarks that are named on the command line, or all of them.</summary>
internal static class Program
{
    private static readonly (string Name, Func<Task> RunAsync)[] Benchmarks =
    [
        ("parsing", ParsingBench.RunAsync), // first: it measures the memory of a process that has done nothing else
        ("archive", ArchiveBench.RunAsync),
        ("tokenizer", TokenizerBench.RunAsync),
        ("embedding", EmbeddingBench.RunAsync),
        ("index", IndexBench.RunAsync),
        ("scan", SearchScanBench.RunAsync),
        ("kmeans", KMeansBench.RunAsync),
        ("search", SearchBench.RunAsync),
        ("start", StartBench.RunAsync),
        ("upload", UploadBench.RunAsync),
        ("cluster", ClusterBench.RunAsync),
        ("takeover", TakeoverBench.RunAsync),
    ];

    public static async Task<int> Main(string[] args)
    {
        var unknown = args.Except(Benchmarks.Select(b => b.Name)).ToArray();
        if (unknown.Length > 0)
        {
            await Console.Error.WriteLineAsync(
                $"No benchmark is called {string.Join(", ", unknown)}; there are {string.Join(", ", Benchmarks.Select(b => b.Name))}");
            return 2;
        }

        foreach (var (name, runAsync) in Benchmarks.Where(b => args.Length == 0 || args.Contains(b.Name)))
        {
            Console.WriteLine($"== {name}");
            await runAsync();
        }

        return 0;
    }
}
