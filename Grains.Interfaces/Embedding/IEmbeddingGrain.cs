namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Turns texts into vectors. Stateless: any number of them may run, and any of them may be asked.</summary>
public interface IEmbeddingGrain
{
    /// <summary>Says which model answers.</summary>
    Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken);

    /// <summary>Embeds texts; the result's rows stand in the order of the request's texts.</summary>
    /// <remarks>A text's vector does not depend on the texts beside it (to 1e-6 in each component).</remarks>
    Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken);
}
