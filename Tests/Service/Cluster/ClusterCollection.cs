namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>The tests of a cluster's processes, one after another, on one broker that some of them kill.</summary>
[CollectionDefinition(nameof(ClusterCollection))]
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>;
