using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Cluster.InProcess;

/// <summary>Takes jobs from the queue and has a bounded number of files parsed at once.</summary>
/// <remarks>A job whose parser ends with an exception comes back after a delay; the owner counts the tries, not this.</remarks>
public sealed partial class FileParsers(
    InProcessFileJobQueue queue,
    IFileParserGrain parser,
    FileParsersOptions options,
    TimeProvider time,
    ILogger<FileParsers> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Count, CancellationToken = stoppingToken };
        try
        {
            await Parallel.ForEachAsync(queue.ReadAllAsync(stoppingToken), parallel, WorkAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The jobs that were cut short are still in the owner's rows.
        }
    }

    private async ValueTask WorkAsync(QueuedJob queued, CancellationToken stoppingToken)
    {
        try
        {
            var outcome = await parser.ParseAsync(queued.Job, stoppingToken);
            LogDone(queued.Job.FileId, outcome);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever went wrong with one file must not end the work on its neighbours.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var delay = options.DelayAfter(queued.Failures);
            LogFailed(queued.Job.FileId, delay, exception);
            // The parser that held the file is the one that just ended, so nobody need wait for its lease.
            _ = EnqueueLaterAsync(new QueuedJob(queued.Job with { HolderGone = true }, queued.Failures + 1), delay, stoppingToken);
        }
    }

    private async Task EnqueueLaterAsync(QueuedJob job, TimeSpan delay, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(delay, time, stoppingToken);
            await queue.EnqueueAsync(job, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the owner hands the file out again at the next start.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "File {FileId}: {Outcome}")]
    private partial void LogDone(long fileId, FileJobOutcome outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "The parser of file {FileId} failed; it is tried again in {Delay}")]
    private partial void LogFailed(long fileId, TimeSpan delay, Exception exception);
}
