using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Looks, from time to time, after files whose parser went silent or whose job got lost, and uploads left to end.</summary>
internal sealed partial class IndexUpkeep(
    VectorIndexOptions options,
    TimeProvider time,
    WriteQueue writes,
    ReadConnections reads,
    FileHandOut handOut,
    PatternFinding patterns,
    ILogger<IndexUpkeep> logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private ITimer? _timer;

    public void Start()
    {
        var period = TimeSpan.FromTicks(Math.Clamp(options.Lease.Ticks / 4, TimeSpan.TicksPerSecond, 15 * TimeSpan.TicksPerSecond));
        _timer = time.CreateTimer(_ => _ = RunAsync(), null, period, period);
    }

    /// <summary>Takes back the files whose leases ran out, and hands out what lies about.</summary>
    public async Task LookAfterAsync()
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
        handOut.HandOutMissing(await reads.ReadAsync(FileRows.Claimable, CancellationToken.None));
    }

    /// <summary>At a clean stop, of the parsers too: the next start hands the files out that they held, with no try used up.</summary>
    public async Task ReturnHeldAsync()
    {
        try
        {
            await writes.RunAsync(transaction =>
            {
                FileRows.ReturnHeld(transaction.Database);
                return true;
            });
        }
        catch (IOException e)
        {
            LogNotReturned(e);
        }
    }

    /// <summary>Waits for a look that is being taken.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
        await _one.WaitAsync();
    }

    private async Task RunAsync()
    {
        if (!await _one.WaitAsync(TimeSpan.Zero))
            return;
        try
        {
            await LookAfterAsync();
        }
        catch (Exception e)
        {
            // Whatever it was, a full disk say, the next look comes soon.
            LogFailed(e);
        }
        finally
        {
            _one.Release();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} files were taken back: their parsers have not been heard of for the time of a lease")]
    private partial void LogExpired(long count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files that are being read could not be taken back; a try of each is used up")]
    private partial void LogNotReturned(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking after files failed; it will be tried again")]
    private partial void LogFailed(Exception exception);
}
