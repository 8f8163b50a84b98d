using System.Diagnostics;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Service;

/// <summary>Stands for the model's runs where a test is about everything else: a vector costs next to nothing.</summary>
internal sealed class CheapEmbedding(EmbeddingGrain grain) : IEmbeddingGrain
{
    /// <summary>A text with it ends the process at once, as a fault in native code would.</summary>
    public const string CrashMark = "this text crashes who embeds it";

    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) => grain.GetModelAsync(cancellationToken);

    public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        if (request.Texts.Any(text => text.Contains(CrashMark, StringComparison.Ordinal)))
            Process.GetCurrentProcess().Kill();
        var model = await grain.GetModelAsync(cancellationToken);
        var vectors = new float[request.Texts.Count * model.Dimension];
        for (var row = 0; row < request.Texts.Count; row++)
            vectors[(row * model.Dimension) + (request.Texts[row].Length % model.Dimension)] = 1;
        return new EmbeddingResult(model.Id, new VectorBlock(model.Dimension, vectors), request.Texts.Count);
    }
}
