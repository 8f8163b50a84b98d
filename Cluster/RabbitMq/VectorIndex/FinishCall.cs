using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>The arguments of <see cref="IVectorIndexGrain.FinishFileAsync"/>.</summary>
internal sealed record FinishCall(FileClaimKey Claim, FileReport Report);
