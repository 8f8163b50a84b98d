namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>One broker for all tests of <see cref="BrokerCollection"/>, which leave it running.</summary>
public sealed class SharedBroker : IAsyncLifetime
{
    private Broker? _broker;

    internal Broker Broker => _broker ?? throw new InvalidOperationException("The broker was not started");

    public async Task InitializeAsync() => _broker = await Broker.StartAsync();

    public async Task DisposeAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
    }
}
