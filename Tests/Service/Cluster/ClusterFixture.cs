using ChatAnalysis.Tests.Cluster.RabbitMq;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>What the tests of a cluster share: a broker, clusters that recover, and the service in one process to compare with.</summary>
public sealed class ClusterFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Broker? _broker;
    private ServiceProcess? _alone;
    private ClusterProcesses? _specialised;
    private ClusterProcesses? _three;
    private TcpProxy? _parserWire;
    private TcpProxy? _indexWire;

    /// <summary>Each test that ends it starts it again.</summary>
    internal Broker Broker => _broker ?? throw new InvalidOperationException("The broker was not started");

    public async Task InitializeAsync() => _broker = await Broker.StartAsync();

    /// <summary>The way of one of the parsers to the broker.</summary>
    internal TcpProxy ParserWire => _parserWire ?? throw new InvalidOperationException("The cluster was not started");

    /// <summary>The way of the owner, and of who stands by, to the broker.</summary>
    internal TcpProxy IndexWire => _indexWire ?? throw new InvalidOperationException("The cluster was not started");

    /// <summary>A cluster with two silos for each role, on the broker's own virtual host; every test leaves it whole.</summary>
    internal async Task<ClusterProcesses> SpecialisedAsync()
    {
        if (_specialised is null)
        {
            _parserWire = new TcpProxy(Broker.Port);
            _indexWire = new TcpProxy(Broker.Port);
            _specialised = new ClusterProcesses(
                Broker.Uri,
                ClusterPrograms.Cheap,
                [.. ClusterProcesses.Impatient, ("Parsing__BatchMessages", "10"), (CheapEmbedding.DelayVariable, "50")]);
            _specialised.AddSilo("index-1", ("Silo__Roles", "index"), _indexWire.Setting);
            _specialised.AddSilo("index-2", ("Silo__Roles", "index"), _indexWire.Setting);
            _specialised.AddSilo("embedding-1", ("Silo__Roles", "embedding"));
            _specialised.AddSilo("embedding-2", ("Silo__Roles", "embedding"));
            _specialised.AddSilo("parser-1", ("Silo__Roles", "parser"), _parserWire.Setting);
            _specialised.AddSilo("parser-2", ("Silo__Roles", "parser"));
            await _specialised.StartAsync();
        }

        await _specialised.WaitUntilReadyAsync();
        return _specialised;
    }

    /// <summary>A cluster of three silos with all roles; every test leaves it whole.</summary>
    internal async Task<ClusterProcesses> ThreeSilosAsync()
    {
        if (_three is null)
        {
            _three = new ClusterProcesses(
                await Broker.AddVirtualHostAsync(),
                ClusterPrograms.Cheap,
                [.. ClusterProcesses.Impatient, (CheapEmbedding.DelayVariable, "20")]);
            for (var number = 1; number <= 3; number++)
                _three.AddSilo($"silo-{number}");
            await _three.StartAsync();
        }

        await _three.WaitUntilReadyAsync();
        return _three;
    }

    /// <summary>The labels that the service in one process, which nobody disturbs, gives to these files.</summary>
    internal async Task<int[]> UndisturbedLabelsAsync(IEnumerable<ChatExport> exports)
    {
        if (_alone is null)
        {
            _alone = ServiceProcess.Launch(CheapService.Command, _folder.Path);
            await _alone.WaitUntilReadyAsync();
        }

        return (await _alone.Client.UploadAsync(exports)).Labels();
    }

    public async Task DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_specialised, _three, _parserWire, _indexWire, _alone, _broker])
            if (part is not null)
                await part.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();
}
