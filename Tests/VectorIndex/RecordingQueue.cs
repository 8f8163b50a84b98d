using System.Threading.Channels;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>Keeps the jobs that the owner hands out until the test takes them.</summary>
internal sealed class RecordingQueue : IFileJobQueue
{
    private readonly Channel<FileJob> _jobs = Channel.CreateUnbounded<FileJob>();
    private int _failures, _failingCounts;

    public bool ParsersOutliveOwner { get; init; }

    /// <summary>Whether nothing was handed out that was not taken.</summary>
    public bool IsEmpty => _jobs.Reader.Count == 0;

    /// <summary>Makes the next hand-outs fail.</summary>
    public void Fail(int times) => _failures = times;

    /// <summary>Waits until so many jobs wait.</summary>
    public async Task HoldsAsync(int jobs)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (_jobs.Reader.Count != jobs)
            await Task.Delay(5, patience.Token);
    }

    /// <summary>Makes the next questions for the number of waiting jobs fail.</summary>
    public void FailCounts(int times) => _failingCounts = times;

    /// <summary>Forgets so many jobs, the oldest first, as a broker that lost its disk would.</summary>
    public void Lose(int jobs)
    {
        for (var i = 0; i < jobs; i++)
            Assert.True(_jobs.Reader.TryRead(out _));
    }

    public ValueTask EnqueueAsync(FileJob job, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
            throw new IOException("The broker is away");
        return _jobs.Writer.WriteAsync(job, cancellationToken);
    }

    public ValueTask<long> CountWaitingAsync(CancellationToken cancellationToken) => Interlocked.Decrement(ref _failingCounts) >= 0
        ? throw new UnavailableException("The broker is away")
        : ValueTask.FromResult<long>(_jobs.Reader.Count);

    public async Task<FileJob> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _jobs.Reader.ReadAsync(patience.Token);
    }
}
