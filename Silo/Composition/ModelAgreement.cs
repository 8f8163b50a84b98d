using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>A query's vector says nothing beside the vectors of another model: the program must not run with two.</summary>
internal static class ModelAgreement
{
    /// <summary>Compares the model that answers with the one that made the index.</summary>
    /// <exception cref="StartFailedException">They differ, and the index holds messages.</exception>
    public static async Task RequireAsync(IEmbeddingGrain embedding, IVectorIndexGrain index, CancellationToken cancellationToken)
    {
        var active = (await embedding.GetModelAsync(cancellationToken)).Id;
        var status = await index.GetStatusAsync(cancellationToken);
        if (status.Model is { } stored && status.Size > 0 && stored != active)
            throw new StartFailedException(
                $"The index holds {status.Size} messages embedded by {stored}, but the model to embed with is {active}: "
                + "start with the index's model, or with an empty DATA_DIR and import the files again");
    }
}
