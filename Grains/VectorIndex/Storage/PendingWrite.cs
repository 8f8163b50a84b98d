namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>A write that waits for its turn, and then for the disk.</summary>
internal abstract class PendingWrite
{
    /// <summary>Does the write within a transaction.</summary>
    public abstract void Run(WriteTransaction transaction);

    /// <summary>Answers: it is on disk.</summary>
    public abstract void Complete();

    /// <summary>Answers: it failed.</summary>
    public abstract void Fail(Exception reason);
}

/// <summary>A write with an answer.</summary>
internal sealed class PendingWrite<T>(Func<WriteTransaction, T> write) : PendingWrite
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Answer => _answer.Task;

    public override void Run(WriteTransaction transaction) => _result = write(transaction);

    public override void Complete() => _answer.TrySetResult(_result);

    public override void Fail(Exception reason) => _answer.TrySetException(reason);
}
