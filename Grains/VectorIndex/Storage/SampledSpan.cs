using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>What a sample of a conversation covers: of the messages in a span of time, all those whose ids are not too large.</summary>
/// <param name="First">When the first sampled message was sent.</param>
/// <param name="Last">When the last one was.</param>
/// <param name="Largest">The largest id in the sample.</param>
/// <param name="Size">How many messages were sampled.</param>
internal sealed record SampledSpan(DateTimeOffset First, DateTimeOffset Last, string Largest, int Size)
{
    /// <summary>The span of a sample.</summary>
    public static SampledSpan Of(IReadOnlyList<MessageMark> sample) => new(
        sample.Min(mark => mark.SentAt),
        sample.Max(mark => mark.SentAt),
        sample.Select(mark => mark.Id).Max(StringComparer.Ordinal)!,
        sample.Count);

    /// <summary>The largest id that the sample would hold if the conversation had it; null where it would hold any.</summary>
    public string? Limit => Size < ConversationRef.SampleSize ? null : Largest;

    /// <summary>Whether the sample would hold a message, if the conversation had it.</summary>
    public bool Covers(MessageMark mark) =>
        mark.SentAt >= First && mark.SentAt <= Last && (Limit is not { } limit || string.CompareOrdinal(mark.Id, limit) <= 0);
}
