using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>A file of an upload as the database keeps it; the columns are explained in <see cref="Schema"/>.</summary>
internal sealed record FileRow(
    long Id,
    long Upload,
    string UploadId,
    bool AllowDuplicates,
    UploadedFile File,
    UploadState State,
    int Claim,
    string? Claimant,
    int Tries,
    long OrdinalAtClaim,
    DateTimeOffset? LeaseUntil,
    long NextOrdinal,
    long? WaitsFor,
    string? TraceParent,
    ReadingOptions Reading)
{
    public FileJob Job => new(Id, TraceParent: TraceParent);

    public bool Ended => State is UploadState.Succeeded or UploadState.Failed;
}
