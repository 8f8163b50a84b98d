using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>The arguments of <see cref="IVectorIndexGrain.RenewClaimAsync"/>.</summary>
internal sealed record RenewCall(FileClaimKey Claim, long? ExpectedMessages);
