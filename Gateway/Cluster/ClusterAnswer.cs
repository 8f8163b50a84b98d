using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Cluster;

/// <summary>A cluster as it was last heard of.</summary>
/// <param name="Silos">Its processes.</param>
/// <param name="Queues">What waits to be worked on.</param>
/// <param name="Owner">The name of the silo that owns the index, silent ones included; null where none was heard of.</param>
internal sealed record ClusterAnswer(IReadOnlyList<SiloAnswer> Silos, IReadOnlyList<QueueStatus> Queues, string? Owner)
{
    /// <summary>The answer for a cluster.</summary>
    public static ClusterAnswer Of(ClusterStatus cluster) => new([.. cluster.Silos.Select(SiloAnswer.Of)], cluster.Queues, cluster.Owner);
}
