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
    string File)
{
    /// <summary>The author's id in the export, where it has one.</summary>
    public string? AuthorId { get; init; }

    /// <summary>What is known of the zone of <see cref="SentAt"/>.</summary>
    public SentZone Zone { get; init; }

    /// <summary>The id of the message that it answers, or of the thread that it belongs to.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The names of what was attached. Text, never paths.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>Whether the export says that it was edited.</summary>
    public bool Edited { get; init; }

    /// <summary>The conversation's id in the export, where it has one.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The conversation's title, where it has one.</summary>
    public string? ConversationTitle { get; init; }
}
