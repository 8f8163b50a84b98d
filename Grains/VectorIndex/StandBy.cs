using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Waits beside the owner of a data directory, to be the next.</summary>
internal sealed partial class StandBy(
    StorageOptions storage, PreparedSnapshot prepared, TimeProvider time, ILogger<StandBy> logger)
{
    private const int PollsBetweenRefreshes = 10;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the owner's lock as soon as nobody has it.</summary>
    /// <exception cref="DataDirectoryHeldException">It is another user's, and will never be free for this one.</exception>
    public async Task<OwnerLock> WaitForLockAsync(CancellationToken cancellationToken)
    {
        for (var poll = 0; ; poll++)
        {
            try
            {
                var taken = OwnerLock.Take(storage.DataDirectory, time);
                if (poll > 0)
                    LogTakesOver(storage.DataDirectory);
                return taken;
            }
            catch (DataDirectoryHeldException held) when (held.InnerException is IOException)
            {
                if (poll == 0)
                {
                    LogStandsBy(storage.DataDirectory, held.Holder);
                    await Task.Run(PreparedSnapshot.WarmUp, cancellationToken);
                }
            }

            if (poll % PollsBetweenRefreshes == 0 && await Task.Run(prepared.Refresh, cancellationToken))
                LogPrepared();
            await Task.Delay(Period, time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stands by: {Directory} is in use by {Holder}")]
    private partial void LogStandsBy(string directory, string holder);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Holds the index's newest snapshot ready")]
    private partial void LogPrepared();

    [LoggerMessage(Level = LogLevel.Information, Message = "Takes {Directory} over: nobody holds it any more")]
    private partial void LogTakesOver(string directory);
}
