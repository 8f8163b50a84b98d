using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>The arguments of <see cref="IVectorIndexGrain.FailFileAsync"/>.</summary>
internal sealed record FailCall(FileClaimKey Claim, FileError Reason);
