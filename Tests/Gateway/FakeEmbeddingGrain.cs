using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

/// <summary>An embedding whose vector of a text is made of its length and its place in the request.</summary>
internal sealed class FakeEmbeddingGrain : IEmbeddingGrain
{
    public const int Dimension = 3;

    public static ModelId TestModel { get; } = new("test-model", new string('a', 64));

    public List<EmbeddingRequest> Requests { get; } = [];

    public static float[] VectorOf(string text, int row) => [text.Length, row, 0.125f];

    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new EmbeddingModel(TestModel, Dimension, MaxTokens: 256));

    public Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        float[] values = [.. request.Texts.SelectMany(VectorOf)];
        return Task.FromResult(new EmbeddingResult(TestModel, new VectorBlock(Dimension, values), 2 * request.Texts.Count));
    }
}
