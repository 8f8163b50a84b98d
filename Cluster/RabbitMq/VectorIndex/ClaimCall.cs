using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>The arguments of <see cref="IVectorIndexGrain.ClaimFileAsync"/>.</summary>
internal sealed record ClaimCall(FileJob Job, string Claimant);
