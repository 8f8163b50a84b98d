using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.Load;

/// <summary>Counts and times the calls of one type of grain.</summary>
/// <param name="grain">The type's name.</param>
/// <param name="time">The clock.</param>
internal sealed class GrainMeter(string grain, TimeProvider time)
{
    private const int Remembered = 1024;
    private readonly Lock _lock = new();
    private readonly double[] _milliseconds = new double[Remembered];
    private long _calls, _errors;
    private int _inFlight;

    /// <summary>Notes a call from its begin to its end.</summary>
    public async Task<T> MeasureAsync<T>(Func<Task<T>> call)
    {
        var began = time.GetTimestamp();
        Interlocked.Increment(ref _inFlight);
        var failed = true;
        try
        {
            var answer = await call();
            failed = false;
            return answer;
        }
        catch (OperationCanceledException)
        {
            failed = false; // The caller's wish.
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            End(time.GetElapsedTime(began).TotalMilliseconds, failed);
        }
    }

    /// <summary>What was noted so far.</summary>
    public GrainLoad Read()
    {
        lock (_lock)
        {
            var sorted = _milliseconds[..(int)Math.Min(_calls, Remembered)];
            Array.Sort(sorted);
            return new GrainLoad(grain, _calls, _errors, At(sorted, 0.5), At(sorted, 0.99), Volatile.Read(ref _inFlight));
        }
    }

    private static double? At(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[Math.Min((int)(sorted.Length * share), sorted.Length - 1)];

    private void End(double milliseconds, bool failed)
    {
        lock (_lock)
        {
            _milliseconds[_calls++ % Remembered] = milliseconds;
            if (failed)
                _errors++;
        }
    }
}
