namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Narrows a search; what is null does not.</summary>
/// <param name="Platform">Where messages come from, such as slack.</param>
/// <param name="Conversation">A conversation's title or its id in the export.</param>
/// <param name="Participant">Somebody who takes part in the conversation, by name.</param>
/// <param name="Author">Who wrote it, by name or by the export's id.</param>
/// <param name="Role">user, assistant …</param>
/// <param name="Since">Not sent before.</param>
/// <param name="Until">Sent before.</param>
public sealed record MessageFilter(
    string? Platform = null,
    string? Conversation = null,
    string? Participant = null,
    string? Author = null,
    string? Role = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null);
