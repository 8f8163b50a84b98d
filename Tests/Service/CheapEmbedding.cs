using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Service;

/// <summary>Stands for the model where a test is about everything else: a vector costs next to nothing.</summary>
internal sealed class CheapEmbedding : IEmbeddingGrain
{
    private const int Dimension = 384;
    private static readonly ModelId Id = new("cheap", new string('0', 64));

    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new EmbeddingModel(Id, Dimension, MaxTokens: 256));

    public Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        var vectors = new float[request.Texts.Count * Dimension];
        for (var row = 0; row < request.Texts.Count; row++)
            vectors[(row * Dimension) + (request.Texts[row].Length % Dimension)] = 1;
        return Task.FromResult(new EmbeddingResult(Id, new VectorBlock(Dimension, vectors), request.Texts.Count));
    }
}
