using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>One process's connection to a broker and what it was lent to, ended in the reverse order.</summary>
internal sealed class ClusterParts : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = [];

    private ClusterParts(BrokerConnection connection) => Connection = connection;

    public BrokerConnection Connection { get; }

    /// <summary>Connects to a virtual host of the tests' broker.</summary>
    public static async Task<ClusterParts> ConnectAsync(Uri virtualHost)
    {
        var parts = Create(new ClusterOptions
        {
            RabbitMq = virtualHost.GetLeftPart(UriPartial.Authority),
            VirtualHost = virtualHost.AbsolutePath.Trim('/') is { Length: > 0 } name ? name : "/",
        });
        await parts.Connection.StartAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return parts;
    }

    /// <summary>A connection that is not yet started.</summary>
    public static ClusterParts Create(ClusterOptions options, ILogger<BrokerConnection>? logger = null) =>
        new(new BrokerConnection(BrokerAddress.Read(options), TimeProvider.System, logger ?? NullLogger<BrokerConnection>.Instance));

    public CallClient Client() => Keep(new CallClient(Connection, TimeProvider.System, NullLogger<CallClient>.Instance));

    public CallServer Server(GrainMethods methods, params ServedQueue[] queues) =>
        Keep(new CallServer(Connection, methods, queues, TimeProvider.System, NullLogger<CallServer>.Instance));

    public T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>Breaks off without a word to anybody, as a process that dies.</summary>
    public async Task DieAsync() => await Connection.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
