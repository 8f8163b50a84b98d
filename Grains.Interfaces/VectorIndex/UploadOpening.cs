namespace ChatAnalysis.Grains.Interfaces;

/// <summary>An upload whose files are stored and wait to be read.</summary>
/// <param name="UploadId">Chosen by the gateway: 32 lower-case hexadecimal digits that sort by time (a version 7 UUID).</param>
/// <param name="Files">Its files, in the order they were sent.</param>
/// <param name="Clusters">How many patterns to look for, at least 1.</param>
/// <param name="AllowDuplicates">Whether files and messages that were imported before are added again, and recognised by nothing.</param>
/// <param name="TraceParent">The trace that it belongs to, as a W3C traceparent; null where it has none.</param>
public sealed record UploadOpening(
    string UploadId, IReadOnlyList<UploadedFile> Files, int Clusters, bool AllowDuplicates, string? TraceParent = null)
{
    /// <summary>How its files are to be read.</summary>
    public ReadingOptions Reading { get; init; } = ReadingOptions.Default;
}
