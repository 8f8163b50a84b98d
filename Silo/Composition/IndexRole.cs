using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Cluster.RabbitMq.VectorIndex;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>A silo of the index: it stands by until it owns the data directory, and then serves the index's queues.</summary>
internal sealed class IndexRole(
    VectorIndexGrain index,
    SharedUploads uploads,
    [FromKeyedServices(LocalGrain.Measured)] IVectorIndexGrain served,
    BrokerConnection broker,
    Announcer announcer,
    TimeProvider time,
    ILoggerFactory loggers,
    IServiceProvider services) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _owning = Task.CompletedTask;
    private CallServer? _server;

    /// <summary>How it starts and stops. Standing by is ready.</summary>
    public GrainPart Part => new("index", StartAsync, async _ => await DisposeAsync());

    /// <summary>Stops: serves no more, writes the snapshot, frees the data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _owning;
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.CloseAsync();
            index.EndWaits();
            await server.DisposeAsync();
        }

        await announcer.OwnsIndexAsync(false);
        await index.StopAsync(CancellationToken.None);
    }

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _owning = OwnAsync();
        return Task.CompletedTask;
    }

    /// <summary>While another is the owner: one with another folder must not become it.</summary>
    private async Task CheckUploadsAsync()
    {
        try
        {
            await uploads.RequireAsync(_stopping.Token);
        }
        catch (StartFailedException exception)
        {
            services.GetRequiredService<GrainHost>().Fail(exception);
        }
        catch (OperationCanceledException)
        {
            // Stopped before anybody owned the index.
        }
    }

    private async Task OwnAsync()
    {
        try
        {
            _ = CheckUploadsAsync();
            await index.StandByAsync(_stopping.Token);
            _server = new CallServer(
                broker, VectorIndexService.MethodsOf(served), [VectorIndexMethods.Queue, VectorIndexMethods.Waits], time,
                loggers.CreateLogger<CallServer>());
            await announcer.OwnsIndexAsync(true);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped while standing by.
        }
        catch (IndexStartException exception)
        {
            services.GetRequiredService<GrainHost>().Fail(new StartFailedException(exception.Message, exception));
        }
#pragma warning disable CA1031 // Nobody awaits this: the program's end reports it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            services.GetRequiredService<GrainHost>().Fail(exception);
        }
    }
}
