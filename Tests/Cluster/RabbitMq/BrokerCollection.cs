namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>
/// The tests that share one broker. A class takes part by <c>[Collection(nameof(BrokerCollection))]</c> and a constructor
/// that takes a <see cref="SharedBroker"/>; a test asks it for a virtual host. One that kills the broker starts its own.
/// </summary>
[CollectionDefinition(nameof(BrokerCollection))]
public sealed class BrokerCollection : ICollectionFixture<SharedBroker>;
