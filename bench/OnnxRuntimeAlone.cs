using System.Diagnostics;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Embedding.Model;

namespace ChatAnalysis.Bench;

/// <summary>
/// What ONNX Runtime alone needs for texts: ready-made batches, sorted by length and cut by tokens, as many runs at once as
/// cores. What the program adds is measured against it.
/// </summary>
internal sealed class OnnxRuntimeAlone : IDisposable
{
    private const int BatchTokens = 1024;

    private readonly LoadedModel _model;
    private readonly ModelRunner[] _runners;
    private readonly List<List<int[]>> _batches = [];

    private OnnxRuntimeAlone(LoadedModel model, IEnumerable<string> texts)
    {
        _model = model;
        _runners = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new ModelRunner(model, BatchTokens))];
        // From the shortest on, a batch's width is that of its last text.
        foreach (var text in texts.Distinct().Select(model.TokensOf).OrderBy(tokens => tokens.Length))
        {
            if (_batches.Count == 0 || (_batches[^1].Count + 1) * text.Length > BatchTokens)
                _batches.Add([]);
            _batches[^1].Add(text);
            Tokens += text.Length;
        }
    }

    /// <summary>Tokens of the distinct texts, without padding.</summary>
    public long Tokens { get; }

    /// <summary>Loads the graph and makes the batches, which is not part of what is measured.</summary>
    public static async Task<OnnxRuntimeAlone> LoadAsync(EmbeddingOptions options, IEnumerable<string> texts)
    {
        var graph = options.Graph == EmbeddingGraph.Fp16 ? EmbeddingGraph.Fp16 : EmbeddingGraph.Int8;
        return new OnnxRuntimeAlone(await LoadedModel.LoadAsync(ModelFolder.Find(options), graph, options), texts);
    }

    /// <summary>Runs all batches on all cores.</summary>
    /// <returns>Seconds.</returns>
    public async Task<double> RunAsync()
    {
        // The longest come first, so that no core is left with a long batch at the end.
        var next = _batches.Count;
        var clock = Stopwatch.StartNew();
        var cores = _runners.Select(runner => Task.Factory.StartNew(
            () =>
            {
                for (int batch; (batch = Interlocked.Decrement(ref next)) >= 0;)
                    runner.Run(_batches[batch]);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(cores);
        return clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => _model.Dispose();
}
