using System.Globalization;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Service;

/// <summary>Stands for the model's runs where a test is about everything else: a vector costs next to nothing.</summary>
/// <remarks>Texts are near each other that have the same words in the same places.</remarks>
internal sealed class CheapEmbedding(EmbeddingGrain grain) : IEmbeddingGrain
{
    /// <summary>The environment variable that makes each call take so many milliseconds.</summary>
    public const string DelayVariable = "CHEAP_EMBEDDING_MILLISECONDS";

    private const int CharactersRead = 256, PlacesAWord = 8;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(
        int.Parse(Environment.GetEnvironmentVariable(DelayVariable) ?? "0", CultureInfo.InvariantCulture));

    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) => grain.GetModelAsync(cancellationToken);

    public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        if (!request.Interactive)
            await Task.Delay(Delay, cancellationToken);
        var model = await grain.GetModelAsync(cancellationToken);
        var vectors = new float[request.Texts.Count * model.Dimension];
        for (var row = 0; row < request.Texts.Count; row++)
            Fill(request.Texts[row], vectors.AsSpan(row * model.Dimension, model.Dimension));
        return new EmbeddingResult(model.Id, new VectorBlock(model.Dimension, vectors), request.Texts.Count);
    }

    /// <summary>The sum of a direction for each word and its place, of length one.</summary>
    private static void Fill(string text, Span<float> vector)
    {
        vector[0] = 1;
        var read = text.AsSpan(0, Math.Min(text.Length, CharactersRead));
        var seed = 14695981039346656037UL;
        foreach (var word in read.Split(' '))
        {
            var hash = seed++;
            foreach (var character in read[word])
                hash = (hash ^ character) * 1099511628211UL;
            for (var place = 0; place < PlacesAWord; place++)
            {
                hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9UL;
                vector[(int)((hash >> 32) % (ulong)vector.Length)] += (hash >> 20) % 2 == 0 ? 1 : -1;
            }
        }

        var length = 0f;
        foreach (var value in vector)
            length += value * value;
        foreach (ref var value in vector)
            value /= MathF.Sqrt(length);
    }
}
