using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.Embedding;

/// <summary>Embedding grains on the real model.</summary>
internal static class TestGrains
{
    public static async Task<EmbeddingGrain> StartAsync(EmbeddingOptions options, ModelId? indexModel = null)
    {
        var grain = new EmbeddingGrain(options, NullLogger<EmbeddingGrain>.Instance);
        await grain.StartAsync(_ => Task.FromResult(indexModel), default);
        return grain;
    }

    public static async Task<float[]> EmbedAsync(this EmbeddingGrain grain, string text) =>
        (await grain.EmbedAsync(new EmbeddingRequest([text]), default)).Vectors[0].ToArray();

    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double product = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
            (product, aa, bb) = (product + a[i] * b[i], aa + a[i] * a[i], bb + b[i] * b[i]);
        return product / Math.Sqrt(aa * bb);
    }
}
