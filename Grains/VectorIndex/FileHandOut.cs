using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Hands files out to the parsers, in the order it is told, and again where a job got lost.</summary>
internal sealed partial class FileHandOut(
    VectorIndexOptions options, IFileJobQueue queue, TimeProvider time, ILogger<FileHandOut> logger) : IAsyncDisposable
{
    private readonly Channel<FileJob> _waiting = Channel.CreateUnbounded<FileJob>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<long, long> _handedOut = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _handingOut = Task.CompletedTask;

    public void Start() => _handingOut = Task.Run(HandOutAllAsync);

    /// <summary>Hands a file out; the caller does not wait for the queue.</summary>
    public void HandOut(FileJob file)
    {
        _handedOut[file.FileId] = time.GetTimestamp();
        _waiting.Writer.TryWrite(file);
    }

    /// <summary>Hands out those of the claimable files that were not, or so long ago that their jobs must be lost.</summary>
    public void HandOutMissing(IEnumerable<FileJob> claimable)
    {
        foreach (var file in claimable)
            if (!_handedOut.TryGetValue(file.FileId, out var since) || time.GetElapsedTime(since) >= options.HandOutAgainAfter)
                HandOut(file);
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
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            Taken(file.FileId);
            LogNotHandedOut(e, file.FileId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {File} could not be handed out; it will be tried again")]
    private partial void LogNotHandedOut(Exception exception, long file);
}
