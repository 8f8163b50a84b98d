using ChatAnalysis.Grains.Embedding.Model;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>A model at work: threads that take batches from one queue, each with one run at a time.</summary>
internal sealed class EmbeddingEngine : IDisposable
{
    // A request puts in this many texts at a time, twice, so that a long one leaves room for others.
    private const int PartSize = 1024;

    private readonly LoadedModel _model;
    private readonly TextQueue _queue;
    private readonly Thread[] _threads;

    /// <summary>Starts the threads. The engine owns the model from now on.</summary>
    public EmbeddingEngine(LoadedModel model, EmbeddingOptions options)
    {
        _model = model;
        var cuda = options.Device == EmbeddingDevice.Cuda;
        var runners = options.Threads > 0 ? options.Threads : cuda ? 2 : Environment.ProcessorCount;
        var batchTokens = options.BatchTokens > 0 ? options.BatchTokens : cuda ? 16_384 : 1_024;
        _queue = new TextQueue(model.Description.MaxTokens, batchTokens, runners, options.CacheSize);
        _threads = [.. Enumerable.Range(0, runners).Select(i => Start(i, new ModelRunner(model, batchTokens)))];
    }

    public EmbeddingModel Model => _model.Description;

    public QueueCounters Counters => _queue.Counters;

    /// <summary>Embeds texts; see <see cref="IEmbeddingGrain.EmbedAsync"/>.</summary>
    public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        var (texts, dimension) = (request.Texts, Model.Dimension);
        var vectors = GC.AllocateUninitializedArray<float>(checked(texts.Count * dimension));
        var tokens = 0L;
        var previous = Task.CompletedTask;
        for (var first = 0; first < texts.Count; first += PartSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(PartSize, texts.Count - first);
            var tokenized = new TokenizedTexts(_model.Tokenizer, texts, first, count, Model.MaxTokens);
            tokens += tokenized.Tokens;
            var part = new RequestPart(vectors.AsMemory(first * dimension, count * dimension), dimension);
            _queue.Add(part, tokenized, request.Interactive);
            var current = WaitAsync(part, cancellationToken);
            await previous;
            previous = current;
        }

        await previous;
        return new EmbeddingResult(Model.Id, new VectorBlock(dimension, vectors), tokens);
    }

    /// <summary>Stops the threads once their runs have ended, and unloads the model.</summary>
    public void Dispose()
    {
        _queue.Close();
        foreach (var thread in _threads)
            thread.Join();
        _model.Dispose();
    }

    private async Task WaitAsync(RequestPart part, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(_ => _queue.Cancel(part, cancellationToken), null))
            await part.Completion;
    }

    private Thread Start(int number, ModelRunner runner)
    {
        var thread = new Thread(() => Work(runner)) { IsBackground = true, Name = $"Embedding {number}" };
        thread.Start();
        return thread;
    }

    private void Work(ModelRunner runner)
    {
        var batch = new List<QueuedText>();
        var tokens = new List<int[]>();
        while (_queue.Take(batch))
        {
            tokens.Clear();
            foreach (var text in batch)
                tokens.Add(text.Tokens);
            try
            {
                _queue.Complete(batch, runner.Run(tokens));
            }
            catch (Exception e)
            {
                // Whoever waits gets it; the thread goes on.
                _queue.Fail(batch, e);
            }
        }
    }
}
