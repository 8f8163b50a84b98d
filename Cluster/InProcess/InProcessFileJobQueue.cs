using System.Threading.Channels;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.InProcess;

/// <summary>The wake-up that stands for a broker where owner and parsers share one process.</summary>
/// <remarks>It may forget everything when the process ends: the owner's rows are the queue of truth.</remarks>
public sealed class InProcessFileJobQueue : IFileJobQueue
{
    private readonly Channel<QueuedJob> _waiting = Channel.CreateUnbounded<QueuedJob>();

    /// <inheritdoc/>
    public bool ParsersOutliveOwner => false;

    /// <inheritdoc/>
    public ValueTask EnqueueAsync(FileJob job, CancellationToken cancellationToken) =>
        EnqueueAsync(new QueuedJob(job, Failures: 0), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> CountWaitingAsync(CancellationToken cancellationToken) => ValueTask.FromResult<long>(_waiting.Reader.Count);

    internal ValueTask EnqueueAsync(QueuedJob job, CancellationToken cancellationToken) =>
        _waiting.Writer.WriteAsync(job, cancellationToken);

    internal IAsyncEnumerable<QueuedJob> ReadAllAsync(CancellationToken cancellationToken) =>
        _waiting.Reader.ReadAllAsync(cancellationToken);
}
