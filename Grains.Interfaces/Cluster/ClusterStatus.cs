namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A cluster as it was last heard of.</summary>
/// <param name="Silos">Its processes, by name; those that went silent stay for a while and are marked.</param>
/// <param name="Queues">What waits to be worked on.</param>
/// <param name="Owner">The name of the silo that owns the index, silent ones included; null where none was heard of.</param>
public sealed record ClusterStatus(IReadOnlyList<SiloStatus> Silos, IReadOnlyList<QueueStatus> Queues, string? Owner);
