using ChatAnalysis.Tests.Cluster.RabbitMq;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>What the tests of a cluster share: a broker, one cluster that always recovers, and the service in one process to compare with.</summary>
public sealed class ClusterFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Broker? _broker;
    private ServiceProcess? _alone;
    private ClusterProcesses? _cluster;

    /// <summary>Each test that ends it starts it again.</summary>
    internal Broker Broker => _broker ?? throw new InvalidOperationException("The broker was not started");

    public async Task InitializeAsync() => _broker = await Broker.StartAsync();

    /// <summary>A cluster with two silos for each role, on the broker's own virtual host; every test leaves it whole.</summary>
    internal async Task<ClusterProcesses> WholeClusterAsync()
    {
        if (_cluster is null)
        {
            _cluster = new ClusterProcesses(
                Broker.Uri, [.. ClusterProcesses.Impatient, ("Parsing__BatchMessages", "10"), (CheapEmbedding.DelayVariable, "50")]);
            foreach (var role in (string[])["index", "embedding", "parser"])
                for (var number = 1; number <= 2; number++)
                    _cluster.AddSilo($"{role}-{number}", role);
            await _cluster.StartAsync();
        }

        await _cluster.WaitUntilReadyAsync();
        return _cluster;
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
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        if (_alone is not null)
            await _alone.DisposeAsync();
        if (_broker is not null)
            await _broker.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();
}
