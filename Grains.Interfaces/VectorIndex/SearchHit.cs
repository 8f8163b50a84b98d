namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A message that a search found.</summary>
/// <param name="MessageId">Its number in the index.</param>
/// <param name="Text">What was said.</param>
/// <param name="Score">Cosine to the query, -1 to 1.</param>
/// <param name="Author">Who said it.</param>
/// <param name="Role">user, assistant …, where known.</param>
/// <param name="SentAt">When, where known.</param>
/// <param name="Platform">Where it comes from.</param>
/// <param name="Conversation">The conversation's title, or its id where it has none.</param>
/// <param name="UploadId">The upload that brought it first.</param>
/// <param name="File">The name of the file that brought it first.</param>
public sealed record SearchHit(
    long MessageId,
    string Text,
    float Score,
    string? Author,
    string? Role,
    DateTimeOffset? SentAt,
    string Platform,
    string? Conversation,
    string UploadId,
    string File);
