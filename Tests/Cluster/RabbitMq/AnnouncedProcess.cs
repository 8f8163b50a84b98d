using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.FileParser;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>What a process of the cluster tells of itself and hears of the others, with a connection of its own.</summary>
internal sealed class AnnouncedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Announcer _announcer;
    private readonly SiloListener _listener;
    private readonly QueueDepths _queues;
    private readonly RabbitMqClusterDirectory _directory;
    private bool _killed;

    /// <summary>Starts it at a broker's virtual host.</summary>
    public AnnouncedProcess(string name, Uri broker, string virtualHost = "/")
    {
        var options = new ClusterOptions { RabbitMq = $"amqp://{broker.Authority}", VirtualHost = virtualHost, Name = name };
        Broker = new BrokerConnection(BrokerAddress.Read(options), TimeProvider.System, NullLogger<BrokerConnection>.Instance);
        var silos = new SiloDirectory(Clock);
        _listener = new SiloListener(Broker, silos, TimeProvider.System, NullLogger<SiloListener>.Instance);
        _queues = new QueueDepths(Broker, TimeProvider.System);
        var load = new ProcessLoad(name, ["parser"], [new GrainMeter("file_parser", TimeProvider.System)], TimeProvider.System);
        _directory = new RabbitMqClusterDirectory(load, silos, _queues);
        _announcer = new Announcer(Broker, load, TimeProvider.System, NullLogger<Announcer>.Instance);
        _ = Broker.StartAsync(CancellationToken.None);
    }

    public BrokerConnection Broker { get; }

    /// <summary>The clock by which what it heard grows old.</summary>
    public TurnedClock Clock { get; } = new();

    public Task<ClusterStatus> StatusAsync() => _directory.GetStatusAsync(CancellationToken.None);

    /// <summary>Waits until it sees the cluster so.</summary>
    public async Task UntilAsync(Func<ClusterStatus, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo(await StatusAsync()))
            await Task.Delay(20, patience.Token);
    }

    /// <summary>Ends it without a farewell.</summary>
    public async Task KillAsync()
    {
        _killed = true;
        await Broker.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _announcer.DisposeAsync();
        await _listener.DisposeAsync();
        _queues.Dispose();
        if (!_killed)
            await Broker.DisposeAsync();
    }
}
