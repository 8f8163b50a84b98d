using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Search;

/// <summary>A message that was found.</summary>
/// <param name="Text">What was said.</param>
/// <param name="Score">Cosine to the query, -1 to 1.</param>
/// <param name="Author">Who said it.</param>
/// <param name="Role">user, assistant …, where known.</param>
/// <param name="Time">When, as ISO 8601, where known.</param>
/// <param name="Conversation">The conversation's title or id.</param>
/// <param name="Platform">Where it comes from.</param>
/// <param name="Upload">The upload that brought it.</param>
/// <param name="File">The file that brought it.</param>
/// <param name="Id">Its number in the index.</param>
internal sealed record HitAnswer(
    string Text,
    float Score,
    string? Author,
    string? Role,
    DateTimeOffset? Time,
    string? Conversation,
    string Platform,
    string Upload,
    string File,
    long Id)
{
    /// <summary>The answer for a hit.</summary>
    public static HitAnswer Of(SearchHit hit) => new(
        hit.Text, hit.Score, hit.Author, hit.Role, hit.SentAt, hit.Conversation, hit.Platform, hit.UploadId, hit.File, hit.MessageId);
}
