using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Search;

/// <summary>A message that was found.</summary>
/// <param name="Text">What was said.</param>
/// <param name="Score">Cosine to the query, -1 to 1.</param>
/// <param name="Author">Who said it.</param>
/// <param name="AuthorId">The author's id in the export.</param>
/// <param name="Role">user, assistant …, where known.</param>
/// <param name="Time">When, as ISO 8601, where known.</param>
/// <param name="Zone">What is known of the time's zone: exact, given or assumed; null where there is no time.</param>
/// <param name="Conversation">The conversation's title or id.</param>
/// <param name="ConversationId">The conversation's id in the export.</param>
/// <param name="Platform">Where it comes from.</param>
/// <param name="ReplyTo">The id of what it answers.</param>
/// <param name="Attachments">The names of what was attached.</param>
/// <param name="Edited">Whether it was edited.</param>
/// <param name="Upload">The upload that brought it.</param>
/// <param name="File">The file that brought it.</param>
/// <param name="Id">Its number in the index.</param>
internal sealed record HitAnswer(
    string Text,
    float Score,
    string? Author,
    string? AuthorId,
    string? Role,
    DateTimeOffset? Time,
    string? Zone,
    string? Conversation,
    string? ConversationId,
    string Platform,
    string? ReplyTo,
    IReadOnlyList<string> Attachments,
    bool Edited,
    string Upload,
    string File,
    long Id)
{
    /// <summary>The answer for a hit.</summary>
    public static HitAnswer Of(SearchHit hit) => new(
        hit.Text, hit.Score, hit.Author, hit.AuthorId, hit.Role, hit.SentAt,
        hit.SentAt is null ? null : hit.Zone.ToString().ToLowerInvariant(), hit.Conversation, hit.ConversationId, hit.Platform, hit.ReplyTo,
        hit.Attachments, hit.Edited, hit.UploadId, hit.File, hit.MessageId);
}
