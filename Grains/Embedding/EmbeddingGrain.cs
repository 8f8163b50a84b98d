using System.Diagnostics;
using ChatAnalysis.Grains.Embedding.Model;
using ChatAnalysis.Grains.Embedding.Queue;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.Embedding;

/// <summary>Embeds texts with a model of this machine. Calls that come before <see cref="StartAsync"/> has ended wait for it.</summary>
/// <param name="options">Model, device, threads, cache.</param>
/// <param name="logger">Is told what was loaded, never a text.</param>
public sealed partial class EmbeddingGrain(EmbeddingOptions options, ILogger<EmbeddingGrain> logger) : IEmbeddingGrain, IAsyncDisposable
{
    private readonly TaskCompletionSource<EmbeddingEngine> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Loads the model, checks it, and starts to answer.</summary>
    /// <param name="indexModel">
    /// Tells the model of the index's vectors, null where it is empty. It is asked at once and awaited only when the graph is
    /// loaded, so that model and index can start side by side.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the index's model.</param>
    /// <exception cref="ModelException">The model cannot be used; the message tells a person why, and the program should end.</exception>
    /// <exception cref="ObjectDisposedException">The program stopped meanwhile.</exception>
    public async Task StartAsync(Func<CancellationToken, Task<ModelId?>> indexModel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(indexModel);
        var clock = Stopwatch.GetTimestamp();
        try
        {
            var model = await ModelChoice.LoadAsync(options, indexModel(cancellationToken), logger);
            // The first run takes longer than the others; and a graph that cannot run shows it here.
            new ModelRunner(model, model.Description.MaxTokens).Run([model.TokensOf("A first text.")]);
            LogStarted(
                logger, model.Description.Id, model.Session.Library.Version, options.Device,
                Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            var engine = new EmbeddingEngine(model, options);
            if (_started.TrySetResult(engine))
                return;
            engine.Dispose();
            throw new ObjectDisposedException(nameof(EmbeddingGrain));
        }
        catch (Exception e)
        {
            _started.TrySetException(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) =>
        (await _started.Task.WaitAsync(cancellationToken)).Model;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The program is stopping.</exception>
    public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var engine = await _started.Task.WaitAsync(cancellationToken);
        return await engine.EmbedAsync(request, cancellationToken);
    }

    /// <summary>Stops, once the runs that go on have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        _started.TrySetException(new ObjectDisposedException(nameof(EmbeddingGrain)));
        if (_started.Task.IsCompletedSuccessfully)
            (await _started.Task).Dispose();
    }

    /// <summary>What the queue has done; zeros before the start.</summary>
    internal QueueCounters Counters =>
        _started.Task.IsCompletedSuccessfully ? _started.Task.GetAwaiter().GetResult().Counters : new(0, 0, 0, 0, 0);

    [LoggerMessage(LogLevel.Information, "Model {Model} on ONNX Runtime {Version}, {Device}, loaded in {Milliseconds:F0} ms")]
    private static partial void LogStarted(ILogger logger, ModelId model, string version, EmbeddingDevice device, double milliseconds);
}
