namespace ChatAnalysis.Grains.Interfaces;

/// <summary>The owner's answer to a parser that asks for a file.</summary>
/// <param name="Outcome">Whether the parser holds the file now. The other fields are set only then.</param>
/// <param name="Key">To be shown with every call about the file.</param>
/// <param name="File">The file.</param>
/// <param name="NextOrdinal">Messages before this ordinal are stored already.</param>
/// <param name="Lease">How long the claim holds from the last call about the file.</param>
public sealed record FileClaim(
    FileClaimOutcome Outcome,
    FileClaimKey? Key = null,
    UploadedFile? File = null,
    long NextOrdinal = 0,
    TimeSpan Lease = default)
{
    /// <summary>How the file is to be read.</summary>
    public ReadingOptions Reading { get; init; } = ReadingOptions.Default;
}
