using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>A message of a <see cref="BatchCall"/>. What most messages have not is null, and null is not written.</summary>
internal sealed record MessageCall(
    long Ordinal,
    int Conversation,
    string? Id,
    string? Author,
    string? AuthorId,
    string? Role,
    DateTimeOffset? SentAt,
    SentZone? Zone,
    string Text,
    string? ReplyTo,
    IReadOnlyList<string>? Attachments,
    bool? Edited)
{
    /// <summary>What is sent for a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="conversation">The place of its conversation in the call.</param>
    public static MessageCall Of(ParsedMessage message, int conversation) => new(
        message.Ordinal,
        conversation,
        message.Id,
        message.Author,
        message.AuthorId,
        message.Role,
        message.SentAt,
        message.Zone == SentZone.Exact ? null : message.Zone,
        message.Text,
        message.ReplyTo,
        message.Attachments.Count == 0 ? null : message.Attachments,
        message.Edited ? true : null);

    /// <summary>The message that was sent.</summary>
    public ParsedMessage ToMessage(IReadOnlyList<ConversationRef> conversations) =>
        new(Ordinal, conversations[Conversation], Id, Author, Role, SentAt, Text)
        {
            Zone = Zone ?? SentZone.Exact,
            AuthorId = AuthorId,
            ReplyTo = ReplyTo,
            Attachments = Attachments ?? [],
            Edited = Edited ?? false,
        };
}
