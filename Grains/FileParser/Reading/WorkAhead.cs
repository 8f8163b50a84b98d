using System.Runtime.ExceptionServices;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Something to be done before it is wanted: by another core, or else by whoever wants it.</summary>
/// <param name="work">What is to be done. Once, whoever does it.</param>
internal sealed class WorkAhead(Action work) : IThreadPoolWorkItem
{
    private readonly object _gate = new();
    private int _begun;
    private volatile bool _isDone;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Whether it is done.</summary>
    public bool IsDone => _isDone;

    /// <summary>Has another core do it.</summary>
    public void Offer() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <inheritdoc/>
    public void Execute() => TryDo();

    /// <summary>Does it, unless somebody has begun.</summary>
    /// <returns>Whether it was done here.</returns>
    public bool TryDo()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
            return false;
        try
        {
            work();
        }
#pragma warning disable CA1031 // Whoever waits for it gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }

        lock (_gate)
        {
            _isDone = true;
            Monitor.Pulse(_gate);
        }

        return true;
    }

    /// <summary>Waits until it is done, and throws what was thrown.</summary>
    public void Wait()
    {
        lock (_gate)
            while (!_isDone)
                Monitor.Wait(_gate);
        _failure?.Throw();
    }
}
