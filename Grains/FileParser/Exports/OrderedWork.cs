using System.Runtime.ExceptionServices;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>Does the same for many things on all cores, with the outcome of doing it one after another.</summary>
internal static class OrderedWork
{
    /// <summary>Does it for all, or until one ends it: then for all before that one.</summary>
    /// <param name="things">What it is done for.</param>
    /// <param name="work">What is done.</param>
    /// <param name="ends">Whether an outcome makes the rest needless.</param>
    /// <param name="workers">How many work at once.</param>
    /// <returns>The outcomes in order, the last of them the first that ended it.</returns>
    public static IReadOnlyList<TResult> Do<T, TResult>(
        IReadOnlyList<T> things, Func<T, TResult> work, Func<TResult, bool> ends, int workers)
    {
        var outcomes = new TResult[things.Count];
        var (next, end, gate) = (0, things.Count, new Lock());
        (int At, ExceptionDispatchInfo Exception)? failure = null;

        void Work()
        {
            while (Interlocked.Increment(ref next) - 1 is var i && i < Volatile.Read(ref end))
            {
                try
                {
                    outcomes[i] = work(things[i]);
                    if (ends(outcomes[i]))
                        EndAt(i + 1);
                }
#pragma warning disable CA1031 // It is thrown again by the thread that asked, if no earlier one made this one needless.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    EndAt(i + 1);
                    lock (gate)
                        if (failure is null || failure.Value.At > i)
                            failure = (i, ExceptionDispatchInfo.Capture(exception));
                }
            }
        }

        void EndAt(int place)
        {
            lock (gate)
                end = Math.Min(end, place);
        }

        var threads = Enumerable.Range(1, Math.Clamp(Math.Min(workers, things.Count) - 1, 0, int.MaxValue))
            .Select(_ => new Thread(Work) { IsBackground = true, Name = "Parsing" })
            .ToList();
        threads.ForEach(thread => thread.Start());
        Work();
        threads.ForEach(thread => thread.Join());
        if (failure is { } failed && failed.At < end)
            failed.Exception.Throw();
        return outcomes[..end];
    }
}
