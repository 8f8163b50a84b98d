namespace ChatAnalysis.Cluster.Load;

/// <summary>The meters of the types of grains that this process may host.</summary>
internal sealed class GrainMeters(TimeProvider time)
{
    public GrainMeter FileParser { get; } = new("file_parser", time);

    public GrainMeter Embedding { get; } = new("embedding", time);

    public GrainMeter VectorIndex { get; } = new("vector_index", time);
}
