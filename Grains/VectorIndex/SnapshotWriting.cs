using System.Globalization;
using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Writes the index's snapshot: at a clean stop, and in the background when much has changed.</summary>
internal sealed partial class SnapshotWriting(
    VectorIndexOptions options, string path, LiveIndex live, WriteQueue writes, ILogger<SnapshotWriting> logger)
{
    private readonly Lock _starting = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Starts one in the background, if enough has changed and none is being written.</summary>
    /// <param name="messages">Messages in the index.</param>
    public void WriteIfDue(long messages)
    {
        if (_writing.IsCompleted && live.ChangesSinceSnapshot > options.SnapshotChanges + (options.SnapshotShare * messages))
            _ = WriteAsync();
    }

    /// <summary>Writes one in the background, after the one that is being written.</summary>
    public Task WriteAsync()
    {
        lock (_starting)
        {
            var before = _writing;
            return _writing = Task.Run(() => WriteAfterAsync(before));
        }
    }

    /// <summary>Writes one, unless the one that is there holds everything. Where it fails the old one stays, with a warning.</summary>
    private async Task WriteAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (live.ChangesSinceSnapshot == 0)
                return;
            var token = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
            await writes.RunAsync(transaction =>
            {
                SnapshotRows.Announce(transaction.Database, token);
                return true;
            });
            var lastChange = live.WriteSnapshot(path, token);
            await writes.RunAsync(transaction =>
            {
                SnapshotRows.Confirm(transaction.Database, token, lastChange);
                return true;
            });
            LogWritten(lastChange);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException
            or IndexNotRunningException or SqliteException)
        {
            LogNotWritten(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote the index's snapshot, up to change {LastChange}")]
    private partial void LogWritten(long lastChange);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index's snapshot could not be written; the one before stays")]
    private partial void LogNotWritten(Exception exception);
}
