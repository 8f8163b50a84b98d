namespace ChatAnalysis.Grains.Interfaces;

/// <summary>One message as a reader found it in an export.</summary>
/// <param name="Ordinal">Its place among the file's messages, from 0; skipped entries take none.</param>
/// <param name="Conversation">The conversation it belongs to.</param>
/// <param name="Id">Its id within the conversation, where the export has one.</param>
/// <param name="Author">Who wrote it, as the export names them.</param>
/// <param name="Role">user, assistant, system …, lower case, where the export says.</param>
/// <param name="SentAt">When it was sent, where the export says.</param>
/// <param name="Text">What was said; empty only in the prototype's shape.</param>
public sealed record ParsedMessage(
    long Ordinal,
    ConversationRef Conversation,
    string? Id,
    string? Author,
    string? Role,
    DateTimeOffset? SentAt,
    string Text);
