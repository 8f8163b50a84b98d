namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A file that waits for a parser. The owner's rows are the truth; a job only points at one.</summary>
/// <param name="FileId">The file's number at the owner.</param>
/// <param name="HolderGone">True where whoever held the file before is known to be dead, so that its lease need not run out.</param>
/// <param name="Suspect">True where a parser ended on the file without getting further, and the file may be why.</param>
/// <param name="TraceParent">The trace of the file's upload, as a W3C traceparent; null where it has none.</param>
public sealed record FileJob(long FileId, bool HolderGone = false, bool Suspect = false, string? TraceParent = null);
