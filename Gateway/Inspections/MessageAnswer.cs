using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Inspections;

/// <summary>A message of a file that was looked into.</summary>
/// <param name="Ordinal">Its place among the file's messages, from 0.</param>
/// <param name="Conversation">The conversation that it belongs to.</param>
/// <param name="Id">Its id within the conversation, where it has one.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="AuthorId">The author's id in the export.</param>
/// <param name="Role">user, assistant …, where known.</param>
/// <param name="Time">When it was sent, where known.</param>
/// <param name="Zone">What is known of the time's zone: exact, given or assumed; null where there is no time.</param>
/// <param name="Text">What was said; the beginning of a very long text.</param>
/// <param name="ReplyTo">The id of what it answers.</param>
/// <param name="Attachments">The names of what was attached.</param>
/// <param name="Edited">Whether it was edited.</param>
internal sealed record MessageAnswer(
    long Ordinal,
    ConversationAnswer Conversation,
    string? Id,
    string? Author,
    string? AuthorId,
    string? Role,
    DateTimeOffset? Time,
    string? Zone,
    string Text,
    string? ReplyTo,
    IReadOnlyList<string> Attachments,
    bool Edited)
{
    /// <summary>The answer for a message.</summary>
    public static MessageAnswer Of(ParsedMessage message) => new(
        message.Ordinal, ConversationAnswer.Of(message.Conversation), message.Id, message.Author, message.AuthorId, message.Role, message.SentAt,
        message.SentAt is null ? null : message.Zone.ToString().ToLowerInvariant(), message.Text, message.ReplyTo, message.Attachments,
        message.Edited);
}
