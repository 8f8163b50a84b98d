using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What the answers say of one file.</summary>
/// <param name="Name">The name that the client gave it.</param>
/// <param name="Format">The format's lower-case id; null where it was not read.</param>
/// <param name="Conversations">Conversations with at least one message.</param>
/// <param name="Messages">Messages read.</param>
/// <param name="Skipped">Entries that are no messages, by reason.</param>
/// <param name="Error">Why it was not read; null where it was.</param>
/// <param name="DuplicateOf">The upload that had brought the same content before.</param>
internal sealed record FileAnswer(
    string Name,
    string? Format,
    int Conversations,
    long Messages,
    IReadOnlyDictionary<string, long> Skipped,
    FileErrorAnswer? Error,
    string? DuplicateOf)
{
    private static readonly Dictionary<string, long> NothingSkipped = [];

    /// <summary>The answer for a file as it stands.</summary>
    public static FileAnswer Of(FileStatus file) => new(
        file.Name,
        file.Report?.Format,
        file.Report?.Conversations ?? 0,
        file.Report?.Messages ?? 0,
        file.Report?.Skipped ?? NothingSkipped,
        file.Error is { } error ? new FileErrorAnswer(error.Kind.ToString().ToLowerInvariant(), error.Detail, error.Place) : null,
        file.DuplicateOf);
}
