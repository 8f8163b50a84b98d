using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.InProcess;

/// <summary>A job that waits for a parser.</summary>
/// <param name="Job">The job.</param>
/// <param name="Failures">How many times in a row a parser has ended on it with an exception.</param>
internal sealed record QueuedJob(FileJob Job, int Failures);
