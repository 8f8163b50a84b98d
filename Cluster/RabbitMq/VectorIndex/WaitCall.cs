using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>The arguments of <see cref="IVectorIndexGrain.WaitForUploadAsync"/>.</summary>
internal sealed record WaitCall(string UploadId, TimeSpan Patience);
