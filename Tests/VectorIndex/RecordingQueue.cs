using System.Threading.Channels;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>Keeps the jobs that the owner hands out until the test takes them.</summary>
internal sealed class RecordingQueue : IFileJobQueue
{
    private readonly Channel<FileJob> _jobs = Channel.CreateUnbounded<FileJob>();
    private int _failures;

    public bool ParsersOutliveOwner { get; init; }

    /// <summary>Whether nothing was handed out that was not taken.</summary>
    public bool IsEmpty => _jobs.Reader.Count == 0;

    /// <summary>Makes the next hand-outs fail.</summary>
    public void Fail(int times) => _failures = times;

    public ValueTask EnqueueAsync(FileJob job, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
            throw new IOException("The broker is away");
        return _jobs.Writer.WriteAsync(job, cancellationToken);
    }

    public ValueTask<long> CountWaitingAsync(CancellationToken cancellationToken) => ValueTask.FromResult<long>(_jobs.Reader.Count);

    public async Task<FileJob> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _jobs.Reader.ReadAsync(patience.Token);
    }
}
