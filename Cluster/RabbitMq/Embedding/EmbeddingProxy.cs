using System.Text;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.Embedding;

/// <summary>The embedding silos of the index's model, whichever has time.</summary>
/// <param name="calls">Carries the calls.</param>
/// <param name="models">Tells which model.</param>
/// <param name="timeout">After how long a call is sent again.</param>
/// <param name="patience">How long to try before a call ends with <see cref="UnavailableException"/>; infinite for ever.</param>
/// <param name="time">The clock.</param>
internal sealed class EmbeddingProxy(CallClient calls, ModelInUse models, TimeSpan timeout, TimeSpan patience, TimeProvider time)
    : IEmbeddingGrain
{
    // About 0.15 s on two cores: well under a second on any machine, and some full batches of the model.
    private const int TokensACall = 4096;

    // English has four bytes a token; other scripts have fewer characters, of more bytes each.
    private const int BytesAToken = 4;

    // A text counts at least its two special tokens, and no more than models read.
    private const int FewestTokens = 3, MostTokens = 512;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public async Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken)
    {
        var model = await ModelAsync(cancellationToken);
        return await calls.CallAsync(
            EmbeddingMethods.InteractiveQueueOf(model).Name, EmbeddingMethods.GetModel, Nothing.Value, timeout, patience, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        var model = await ModelAsync(cancellationToken);
        var queue = (request.Interactive ? EmbeddingMethods.InteractiveQueueOf(model) : EmbeddingMethods.QueueOf(model)).Name;
        var results = await Task.WhenAll(Cut(request.Texts).Select(texts => calls.CallAsync(
            queue, EmbeddingMethods.Embed, request with { Texts = texts }, timeout, patience, cancellationToken)));
        return results.Length == 1 ? results[0] : Join(results);
    }

    /// <summary>Cuts texts into calls of about equal work, in order; one call where there are none.</summary>
    private static List<IReadOnlyList<string>> Cut(IReadOnlyList<string> texts)
    {
        var calls = new List<IReadOnlyList<string>>();
        var (first, tokens) = (0, 0);
        for (var i = 0; i < texts.Count; i++)
        {
            tokens += Math.Clamp(Encoding.UTF8.GetByteCount(texts[i]) / BytesAToken, FewestTokens, MostTokens);
            if (tokens < TokensACall)
                continue;
            calls.Add([.. texts.Skip(first).Take(i + 1 - first)]);
            (first, tokens) = (i + 1, 0);
        }

        if (first < texts.Count || calls.Count == 0)
            calls.Add([.. texts.Skip(first)]);
        return calls;
    }

    private static EmbeddingResult Join(EmbeddingResult[] results)
    {
        var dimension = results[0].Vectors.Dimension;
        var vectors = new float[results.Sum(result => result.Vectors.Values.Length)];
        var at = 0;
        foreach (var result in results)
        {
            if (result.Model != results[0].Model)
                throw new InvalidOperationException($"{result.Model} and {results[0].Model} serve one queue");
            result.Vectors.Values.CopyTo(vectors.AsMemory(at));
            at += result.Vectors.Values.Length;
        }

        return new EmbeddingResult(results[0].Model, new VectorBlock(dimension, vectors), results.Sum(result => result.Tokens));
    }

    private async Task<ModelId> ModelAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await models.GetAsync(cancellationToken);
            }
            catch (UnavailableException) when (patience < TimeSpan.Zero || time.GetElapsedTime(began) + Pause < patience)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
