using ChatAnalysis.Cluster.Tracing;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.Load;

/// <summary>Counts and times the calls of one type of grain, and makes each a span of its trace.</summary>
/// <param name="grain">The type's name.</param>
/// <param name="time">The clock.</param>
internal sealed class GrainMeter(string grain, TimeProvider time)
{
    private const int Remembered = 1024;
    private readonly Lock _lock = new();
    private readonly double[] _milliseconds = new double[Remembered];
    private long _calls, _errors, _timed;
    private int _inFlight;

    /// <summary>Notes a call from its begin to its end.</summary>
    /// <param name="method">The grain and its method, such as <c>Embedding.Embed</c>.</param>
    /// <param name="call">The call.</param>
    /// <param name="traceParent">Who has asked for it, where the call itself says so.</param>
    /// <param name="isWait">True where it lasts as long as what it waits for: that says nothing of how quick the grain is.</param>
    public async Task<T> MeasureAsync<T>(string method, Func<Task<T>> call, string? traceParent = null, bool isWait = false)
    {
        using var span = GrainTrace.Begin(method, traceParent);
        var began = time.GetTimestamp();
        Interlocked.Increment(ref _inFlight);
        var failed = false;
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is not OperationCanceledException) // That one is the caller's wish.
        {
            failed = true;
            GrainTrace.Fail(span, fault);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            End(isWait ? null : time.GetElapsedTime(began).TotalMilliseconds, failed);
        }
    }

    /// <summary>What was noted so far.</summary>
    public GrainLoad Read()
    {
        lock (_lock)
        {
            var sorted = _milliseconds[..(int)Math.Min(_timed, Remembered)];
            Array.Sort(sorted);
            return new GrainLoad(grain, _calls, _errors, At(sorted, 0.5), At(sorted, 0.99), Volatile.Read(ref _inFlight));
        }
    }

    private static double? At(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[Math.Min((int)(sorted.Length * share), sorted.Length - 1)];

    private void End(double? milliseconds, bool failed)
    {
        lock (_lock)
        {
            _calls++;
            if (failed)
                _errors++;
            if (milliseconds is { } elapsed)
                _milliseconds[_timed++ % Remembered] = elapsed;
        }
    }
}
