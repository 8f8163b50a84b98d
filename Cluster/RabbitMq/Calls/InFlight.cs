namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>Counts what is under way, so that a stop can wait for it.</summary>
internal sealed class InFlight
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _none;

    public void Begin()
    {
        lock (_lock)
            _count++;
    }

    public void End()
    {
        lock (_lock)
            if (--_count == 0)
                _none?.TrySetResult();
    }

    /// <summary>Ends when nothing is under way.</summary>
    public Task WhenNoneAsync()
    {
        lock (_lock)
        {
            if (_count == 0)
                return Task.CompletedTask;
            _none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _none.Task;
        }
    }
}
