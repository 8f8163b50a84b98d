using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Hands files out to the parsers, in the order it is told, and again where a job got lost.</summary>
internal sealed partial class FileHandOut(IFileJobQueue queue, TimeProvider time, ILogger<FileHandOut> logger) : IAsyncDisposable
{
    // A job is for a moment neither in the queue nor claimed: on its way there, or in a parser's hands.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(10);

    private readonly Channel<FileJob> _waiting = Channel.CreateUnbounded<FileJob>();
    private readonly ConcurrentDictionary<long, long> _handedOut = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _handingOut = Task.CompletedTask;
    private bool _failing;

    public void Start() => _handingOut = Task.Run(HandOutAllAsync);

    /// <summary>Hands a file out; the caller does not wait for the queue.</summary>
    public void HandOut(FileJob file)
    {
        _handedOut[file.FileId] = time.GetTimestamp();
        _waiting.Writer.TryWrite(file);
    }

    /// <summary>How many jobs wait for a parser, or for the queue.</summary>
    public async Task<long> CountWaitingAsync(CancellationToken cancellationToken) =>
        await queue.CountWaitingAsync(cancellationToken) + _waiting.Reader.Count;

    /// <summary>Hands out as many of the claimable files as there are jobs missing: first those it has not handed out itself.</summary>
    /// <remarks>Which jobs were lost cannot be seen. Where it picks another's, that job soon does nothing, and one is missing again.</remarks>
    /// <param name="claimable">All files that can be claimed.</param>
    /// <param name="waiting">How many jobs waited just before. Of a new owner, these may be those of the one before.</param>
    /// <returns>How many were handed out.</returns>
    public int HandOutMissing(IReadOnlyList<FileJob> claimable, long waiting)
    {
        var now = time.GetTimestamp();
        var missing = (int)Math.Clamp(claimable.Count - waiting, 0, claimable.Count);
        var lost = claimable
            .Where(file => !_handedOut.TryGetValue(file.FileId, out var since) || time.GetElapsedTime(since, now) >= OnItsWay)
            .OrderBy(file => _handedOut.GetValueOrDefault(file.FileId, long.MinValue))
            .Take(missing)
            .ToList();
        lost.ForEach(HandOut);
        foreach (var file in claimable)
            _handedOut.TryAdd(file.FileId, now);
        return lost.Count;
    }

    /// <summary>Notes that a parser has a file.</summary>
    public void Taken(long file) => _handedOut.TryRemove(file, out _);

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _handingOut;
        _stopping.Dispose();
    }

    private async Task HandOutAllAsync()
    {
        try
        {
            await foreach (var file in _waiting.Reader.ReadAllAsync(_stopping.Token))
                await HandOutOneAsync(file);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The rows bring back what was not handed out.
        }
    }

    private async Task HandOutOneAsync(FileJob file)
    {
        try
        {
            await queue.EnqueueAsync(file, _stopping.Token);
            _failing = false;
        }
        catch (Exception e)
        {
            Taken(file.FileId);
            if (!_failing && !_stopping.IsCancellationRequested)
                LogNotHandedOut(e, file.FileId);
            _failing = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {File} could not be handed out; it, and those behind it, will be tried again")]
    private partial void LogNotHandedOut(Exception exception, long file);
}
