namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What was read from a file.</summary>
/// <param name="Format">The format's lower-case id, such as prototype, openai or taskmaster.</param>
/// <param name="Conversations">Conversations with at least one message.</param>
/// <param name="Messages">Messages read.</param>
/// <param name="Skipped">Entries that are no messages, by reason.</param>
public sealed record FileReport(
    string Format,
    int Conversations,
    long Messages,
    IReadOnlyDictionary<string, long> Skipped);
