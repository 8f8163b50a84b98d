using System.Diagnostics;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Service;

/// <summary>Ends the process that asks for a marked text's vector, as a fault in native code would.</summary>
internal sealed class CrashOnMark(IEmbeddingGrain embedding) : IEmbeddingGrain
{
    /// <summary>The mark.</summary>
    public const string Text = "this text crashes who embeds it";

    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) => embedding.GetModelAsync(cancellationToken);

    public Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        if (request.Texts.Any(text => text.Contains(Text, StringComparison.Ordinal)))
            Process.GetCurrentProcess().Kill();
        return embedding.EmbedAsync(request, cancellationToken);
    }
}
