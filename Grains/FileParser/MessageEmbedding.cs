using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>Makes vectors for a file's messages: where the index may know them already, only for those it does not.</summary>
/// <param name="index">The owner.</param>
/// <param name="embedding">Makes the vectors.</param>
/// <param name="claim">The claim on the file.</param>
internal sealed class MessageEmbedding(IVectorIndexGrain index, IEmbeddingGrain embedding, FileClaimKey claim)
{
    private static readonly VectorBlock None = new(1, default);

    /// <summary>A batch of messages with the vectors that they need.</summary>
    public async Task<MessageBatch> EmbedAsync(IReadOnlyList<ParsedMessage> messages, CancellationToken cancellationToken)
    {
        if (!messages.Any(message => message.IsIdentified))
            return await EmbedAllAsync(messages, cancellationToken);
        var places = await index.FindUnembeddedAsync(new MessageBatch(claim, messages, null, None) { Embedded = [] }, cancellationToken);
        if (places.Count == messages.Count)
            return await EmbedAllAsync(messages, cancellationToken);
        if (places.Count == 0)
            return new MessageBatch(claim, messages, null, None) { Embedded = places };
        var embedded = await EmbedAsync(places.Select(place => messages[place].Text), cancellationToken);
        return new MessageBatch(claim, messages, embedded.Model, embedded.Vectors) { Embedded = places };
    }

    /// <summary>A batch of messages, each with its vector.</summary>
    public async Task<MessageBatch> EmbedAllAsync(IReadOnlyList<ParsedMessage> messages, CancellationToken cancellationToken)
    {
        var embedded = await EmbedAsync(messages.Select(message => message.Text), cancellationToken);
        return new MessageBatch(claim, messages, embedded.Model, embedded.Vectors);
    }

    private Task<EmbeddingResult> EmbedAsync(IEnumerable<string> texts, CancellationToken cancellationToken) =>
        embedding.EmbedAsync(new EmbeddingRequest([.. texts]), cancellationToken);
}
