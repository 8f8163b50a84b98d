using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Looks, from time to time, after files whose parser went silent or whose job got lost, uploads left to end, and raw files.</summary>
internal sealed partial class IndexUpkeep(
    VectorIndexOptions options,
    TimeProvider time,
    WriteQueue writes,
    ReadConnections reads,
    FileHandOut handOut,
    PatternFinding patterns,
    RawFiles rawFiles,
    ILogger<IndexUpkeep> logger) : IAsyncDisposable
{
    private static readonly TimeSpan
        ShortestPeriod = TimeSpan.FromSeconds(1), LongestPeriod = TimeSpan.FromSeconds(5), SweepPeriod = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _looking = Task.CompletedTask;
    private bool _failing;
    private long? _swept;

    /// <summary>Begins to look, at once for the first time. Nobody waits for that: the broker may be away.</summary>
    public void Start()
    {
        var period = TimeSpan.FromTicks(Math.Clamp(options.Lease.Ticks / 4, ShortestPeriod.Ticks, LongestPeriod.Ticks));
        var timer = new PeriodicTimer(period, time);
        _looking = Task.Run(() => LookAgainAndAgainAsync(timer));
    }

    /// <summary>Removes the raw files that no upload needs.</summary>
    /// <param name="nobodyReceives">Whether no upload can be on its way just now.</param>
    public async Task SweepAsync(bool nobodyReceives)
    {
        _swept = time.GetTimestamp();
        var uploads = await reads.ReadAsync(UploadRows.List, CancellationToken.None);
        var states = uploads.ToDictionary(u => u.UploadId, u => (Interfaces.UploadState?)u.State);
        rawFiles.Sweep(uploadId => states.GetValueOrDefault(uploadId), nobodyReceives);
    }

    /// <summary>Waits for a look that is being taken.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _looking;
        _stopping.Dispose();
    }

    private async Task LookAgainAndAgainAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            try
            {
                do
                    await TryLookAsync();
                while (await timer.WaitForNextTickAsync(_stopping.Token));
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // The next owner goes on looking.
            }
        }
    }

    private async Task TryLookAsync()
    {
        try
        {
            await LookAfterRowsAsync();
            if (_swept is not { } swept || time.GetElapsedTime(swept) >= SweepPeriod)
                await SweepAsync(nobodyReceives: false);
            await LookAfterJobsAsync();
            _failing = false;
        }
        catch (Exception e)
        {
            // Whatever it was, a full disk or a broker that is away, the next look comes soon.
            if (!_failing && !_stopping.IsCancellationRequested)
                LogFailed(e);
            _failing = true;
        }
    }

    /// <summary>Takes back the files whose leases ran out, and ends the uploads whose files have ended.</summary>
    private async Task LookAfterRowsAsync()
    {
        var now = time.GetUtcNow();
        var (expired, uploads) = await reads.ReadAsync(
            database => (FileRows.CountLeases(database, now), UploadRows.LeftToEnd(database)), CancellationToken.None);
        if (expired > 0)
        {
            await writes.RunAsync(transaction =>
            {
                FileRows.VoidLeases(transaction.Database, now);
                return true;
            });
            LogExpired(expired);
        }

        foreach (var upload in uploads)
            patterns.Begin(upload);
    }

    /// <summary>Hands out the files whose jobs got lost.</summary>
    private async Task LookAfterJobsAsync()
    {
        // Counted first: a file that is claimed meanwhile makes the jobs too many, never too few.
        var waiting = await handOut.CountWaitingAsync(_stopping.Token);
        var claimable = await reads.ReadAsync(FileRows.Claimable, CancellationToken.None);
        var handedOut = handOut.HandOutMissing(claimable, waiting);
        LogJobs(claimable.Count, waiting, handedOut);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} files were taken back: their parsers have not been heard of for the time of a lease")]
    private partial void LogExpired(long count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Files} files wait to be read, for which {Jobs} jobs waited; {HandedOut} were handed out")]
    private partial void LogJobs(int files, long jobs, int handedOut);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking after files failed; it will be tried again, every few seconds")]
    private partial void LogFailed(Exception exception);
}
