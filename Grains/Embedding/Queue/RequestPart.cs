namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>Texts of one request that are in the queue together. Guarded by the queue's lock.</summary>
/// <param name="vectors">[texts, dimension]; takes their vectors.</param>
/// <param name="dimension">Components of a vector.</param>
internal sealed class RequestPart(Memory<float> vectors, int dimension)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = vectors.Length / dimension;

    /// <summary>Ends when every text has its vector.</summary>
    public Task Completion => _completion.Task;

    /// <summary>The texts that had no vector when the part came in.</summary>
    public List<QueuedText> Awaited { get; } = [];

    public void Deliver(int row, ReadOnlySpan<float> vector)
    {
        vector.CopyTo(vectors.Span[(row * dimension)..]);
        if (--_missing == 0)
            _completion.TrySetResult();
    }

    public void Fail(Exception reason) => _completion.TrySetException(reason);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
