using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Cluster.RabbitMq.Embedding;
using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>A silo that embeds: it loads the index's model and serves that model's queues.</summary>
internal sealed class EmbeddingRole(
    EmbeddingGrain embedding,
    [FromKeyedServices(LocalGrain.Measured)] IEmbeddingGrain served,
    IVectorIndexGrain index,
    ClusterOptions options,
    EmbeddingOptions embeddingOptions,
    BrokerConnection broker,
    Announcer announcer,
    TimeProvider time,
    ILoggerFactory loggers) : IAsyncDisposable
{
    // A thread that runs a batch, and texts for the next of full size; a call is then answered within a second.
    private const int CallsAThread = 3, CallsOfGpu = 32;

    private CallServer? _server;

    /// <summary>How it starts and stops.</summary>
    public GrainPart Part => new("embedding", StartAsync, async _ => await DisposeAsync());

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } running)
            await running.DisposeAsync();
        await embedding.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await embedding.StartAsync(IndexModelAsync, cancellationToken);
        }
        catch (ModelException exception)
        {
            throw new StartFailedException(exception.Message, exception);
        }

        var model = (await served.GetModelAsync(cancellationToken)).Id;
        _server = new CallServer(
            broker,
            EmbeddingMethods.MethodsOf(served),
            [EmbeddingMethods.QueueOf(model, Prefetch), EmbeddingMethods.InteractiveQueueOf(model)],
            time,
            loggers.CreateLogger<CallServer>());
        await announcer.EmbedsWithAsync(model);
    }

    private int Prefetch => options.EmbeddingPrefetch switch
    {
        > 0 and var asked => asked,
        _ when embeddingOptions.Device == EmbeddingDevice.Cuda => CallsOfGpu,
        _ => CallsAThread * (embeddingOptions.Threads > 0 ? embeddingOptions.Threads : Environment.ProcessorCount),
    };

    private async Task<ModelId?> IndexModelAsync(CancellationToken cancellationToken)
    {
        var status = await index.GetStatusAsync(cancellationToken);
        return status.Size > 0 ? status.Model : null;
    }
}
