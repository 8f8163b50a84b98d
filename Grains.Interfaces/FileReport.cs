namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What was read from a file.</summary>
/// <param name="Format">The format's lower-case id, such as slack; mixed where an archive holds several.</param>
/// <param name="Conversations">Conversations with at least one message.</param>
/// <param name="Messages">Messages read.</param>
/// <param name="Skipped">Entries that are no messages, by reason. With the messages they add up to the entries in the file.</param>
/// <remarks>A report that was written by an earlier version lacks what came later: then it is empty, as if it were set to null.</remarks>
public sealed record FileReport(
    string Format,
    int Conversations,
    long Messages,
    IReadOnlyDictionary<string, long> Skipped)
{
    /// <summary>The format of an archive with exports of several formats.</summary>
    public const string Mixed = "mixed";

    private static readonly IReadOnlyDictionary<string, long> None = new Dictionary<string, long>();

    /// <summary>Which of the format's shapes it has, in a few words, where it has several.</summary>
    public string? Variant { get; init; }

    /// <summary>People and programs that wrote a message, told apart by id or else by name.</summary>
    public int Participants { get; init; }

    /// <summary>When the first message was sent, where the export gives times.</summary>
    public DateTimeOffset? FirstSentAt { get; init; }

    /// <summary>When the last message was sent.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>What was taken for granted because the export does not say it, each in a sentence.</summary>
    public IReadOnlyList<string> Assumptions { get; init => field = value ?? []; } = [];

    /// <summary>What is odd about the file, each in a sentence. Never a message's text.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value ?? []; } = [];

    /// <summary>Of an archive or folder: how many files in it were read.</summary>
    public int FilesRead { get; init; } = 1;

    /// <summary>Of an archive or folder: how many files in it are no chats, by what they are.</summary>
    public IReadOnlyDictionary<string, long> FilesIgnored { get; init => field = value ?? None; } = None;

    /// <summary>Of an archive with exports of several formats: what was read of each.</summary>
    public IReadOnlyList<FileReport> Exports { get; init => field = value ?? []; } = [];

    /// <summary>Messages that were not there before; set by the index's owner.</summary>
    public long New { get; init; }

    /// <summary>Messages that were there, and whose text or other data changed; set by the index's owner.</summary>
    public long Updated { get; init; }

    /// <summary>Messages that were there as they are; set by the index's owner.</summary>
    public long Unchanged { get; init; }
}
