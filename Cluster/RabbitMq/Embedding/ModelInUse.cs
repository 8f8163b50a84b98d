using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.Embedding;

/// <summary>Which model's silos are to be asked: the index's, and while it is empty one that is there.</summary>
internal sealed class ModelInUse(IVectorIndexGrain index, SiloDirectory silos, TimeProvider time)
{
    // An index that was emptied may take another model.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private volatile Known? _known;

    /// <summary>Finds the model.</summary>
    /// <exception cref="UnavailableException">The index is empty and no silo that embeds is there, or the index does not answer.</exception>
    public async Task<ModelId> GetAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < Remembered)
            return known.Model;
        var status = await index.GetStatusAsync(cancellationToken);
        if (status is not { Size: > 0, Model: { } model })
            return silos.EmbeddingModels is [var served, ..] ? served : throw new UnavailableException("no silo that embeds is there");
        _known = new Known(model, time.GetTimestamp());
        return model;
    }

    private sealed record Known(ModelId Model, long At);
}
