using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Bench;

/// <summary>Fills an index quickly: random unit vectors, always the same for a text, in another model's name.</summary>
internal sealed class SeededEmbedding(EmbeddingModel model) : IEmbeddingGrain
{
    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) => Task.FromResult(model);

    public Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        var vectors = new float[request.Texts.Count * model.Dimension];
        for (var row = 0; row < request.Texts.Count; row++)
            Fill(vectors.AsSpan(row * model.Dimension, model.Dimension), request.Texts[row]);
        return Task.FromResult(new EmbeddingResult(model.Id, new VectorBlock(model.Dimension, vectors), request.Texts.Count));
    }

    private static void Fill(Span<float> vector, string text)
    {
        var random = new Random(text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character)));
        var squares = 0.0;
        foreach (ref var component in vector)
        {
            component = random.NextSingle() - 0.5f;
            squares += component * component;
        }

        foreach (ref var component in vector)
            component /= (float)Math.Sqrt(squares);
    }
}
