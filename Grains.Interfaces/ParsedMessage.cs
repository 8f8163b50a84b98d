using System.Runtime.CompilerServices;

namespace ChatAnalysis.Grains.Interfaces;

/// <summary>One message as a reader found it in an export.</summary>
/// <param name="Ordinal">Its place among the file's messages, from 0; skipped entries take none.</param>
/// <param name="Conversation">The conversation it belongs to.</param>
/// <param name="Id">Its id within the conversation: the export's, or where that has none, one derived from the message; null where it has no identity.</param>
/// <param name="Author">Who wrote it, as the export names them.</param>
/// <param name="Role">user, assistant, system …, lower case, where the export says.</param>
/// <param name="SentAt">When it was sent, where the export says.</param>
/// <param name="Text">What was said; empty only in the prototype's shape.</param>
// A call copies the time through memory, half written: it shows where millions are made.
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public sealed record ParsedMessage(
    long Ordinal,
    ConversationRef Conversation,
    string? Id,
    string? Author,
    string? Role,
    DateTimeOffset? SentAt,
    string Text)
{
    /// <summary>What is known of the zone of <see cref="SentAt"/>.</summary>
    public SentZone Zone { get; init; }

    /// <summary>The author's id in the export, where there is one.</summary>
    public string? AuthorId { get; init; }

    /// <summary>The id of the message that it answers, or of the thread that it belongs to, where the export says.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The names of what was attached. Text, never paths.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>Whether the export says that it was edited.</summary>
    public bool Edited { get; init; }

    /// <summary>Whether a later export can hold it again: it has an id, and its conversation can be recognised.</summary>
    public bool IsIdentified => Id is not null && (Conversation.Id is not null || Conversation.Sample.Count > 0);
}
