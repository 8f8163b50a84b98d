using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.Load;

/// <summary>An embedding of this process, with its calls counted, timed and traced.</summary>
internal sealed class MeasuredEmbedding(IEmbeddingGrain embedding, GrainMeter meter) : IEmbeddingGrain
{
    /// <inheritdoc/>
    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) =>
        meter.MeasureAsync("Embedding.GetModel", () => embedding.GetModelAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken) =>
        meter.MeasureAsync("Embedding.Embed", () => embedding.EmbedAsync(request, cancellationToken));
}
