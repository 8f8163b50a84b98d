using System.Collections.Concurrent;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Those who wait for uploads to end.</summary>
internal sealed class UploadWaits(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waits = [];

    /// <summary>Waits until an upload has ended, or patience has.</summary>
    /// <param name="uploadId">Which.</param>
    /// <param name="patience">How long at most; infinite is a day.</param>
    /// <param name="hasEndedAsync">Whether it has ended already, or does not exist.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(
        string uploadId, TimeSpan patience, Func<Task<bool>> hasEndedAsync, CancellationToken cancellationToken)
    {
        if (patience == TimeSpan.Zero || await hasEndedAsync())
            return;
        var wait = _waits.GetOrAdd(uploadId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

        // It may have ended between the first look and now; then nobody would tell.
        if (await hasEndedAsync())
        {
            Ended(uploadId);
            return;
        }

        try
        {
            await wait.Task.WaitAsync(patience < TimeSpan.Zero || patience > Longest ? Longest : patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Patience is over, which is an answer like another.
        }
    }

    /// <summary>Tells those who wait for an upload.</summary>
    public void Ended(string uploadId)
    {
        if (_waits.TryRemove(uploadId, out var wait))
            wait.TrySetResult();
    }

    /// <summary>Sends all away: the owner stops.</summary>
    public void EndAll()
    {
        foreach (var uploadId in _waits.Keys)
            Ended(uploadId);
    }
}
