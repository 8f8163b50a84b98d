namespace ChatAnalysis.Grains.FileParser;

/// <summary>Keeps the first steps of a file that may crash its parser apart from the first steps of all others.</summary>
/// <remarks>
/// A try counts against a file that was begun and got no further. Where a crash ends many files at once, only those in their
/// first steps are suspected; a suspect takes them alone, so that a crash in them is held against nobody else.
/// </remarks>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that must be freed.
internal sealed class FirstSteps
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _door = new(1);
    private readonly Lock _lock = new();
    private int _inside;
    private TaskCompletionSource? _empty;

    /// <summary>Waits until a file may begin.</summary>
    /// <param name="alone">Whether nobody else may be in its first steps meanwhile.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>To be disposed of once the file got further, or ended.</returns>
    public async Task<IDisposable> BeginAsync(bool alone, CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken);
        if (!alone)
        {
            lock (_lock)
                _inside++;
            _door.Release();
            return new Place(LeaveShared);
        }

        // The door stays shut until this one has left.
        try
        {
            await WhenEmpty().WaitAsync(cancellationToken);
            return new Place(() => _door.Release());
        }
        catch
        {
            _door.Release();
            throw;
        }
    }

    private Task WhenEmpty()
    {
        lock (_lock)
        {
            if (_inside == 0)
                return Task.CompletedTask;
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    private void LeaveShared()
    {
        lock (_lock)
            if (--_inside == 0)
                _empty?.TrySetResult();
    }

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
