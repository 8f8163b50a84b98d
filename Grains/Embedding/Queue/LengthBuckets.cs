namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>Texts that wait, by their number of tokens, oldest first within each. Guarded by the queue's lock.</summary>
/// <param name="maxLength">Tokens of the longest text.</param>
internal sealed class LengthBuckets(int maxLength)
{
    // A run costs as much as about nine tokens, before its first: padding up to an eighth is cheaper than small runs.
    private const int Tolerance = 8;

    // Those that were forgotten stay in their bucket until they come to its head.
    private readonly Queue<QueuedText>?[] _buckets = new Queue<QueuedText>?[maxLength + 1];

    /// <summary>Tokens of all texts that wait.</summary>
    public long Tokens { get; private set; }

    public void Add(QueuedText text)
    {
        (_buckets[text.Tokens.Length] ??= new()).Enqueue(text);
        text.Bucket = this;
        Tokens += text.Tokens.Length;
    }

    /// <summary>Takes a text out, wherever it stands.</summary>
    public void Forget(QueuedText text)
    {
        text.Bucket = null;
        Tokens -= text.Tokens.Length;
        Head(text.Tokens.Length);
    }

    /// <summary>
    /// Takes the text that has waited longest, so that none waits for ever, and fills the batch with texts of the same length,
    /// then of the nearest lengths, so that next to nothing is padding.
    /// </summary>
    /// <param name="batch">Takes the texts.</param>
    /// <param name="budget">Tokens of the batch at most, padding included; one text is taken whatever its length.</param>
    public void TakeBatch(List<QueuedText> batch, int budget)
    {
        var length = LengthOfOldest();
        var widest = length;
        TakeFrom(length, batch, budget, ref widest);
        for (var distance = 1; distance <= Math.Max(1, length / Tolerance); distance++)
        {
            TakeFrom(length - distance, batch, budget, ref widest);
            TakeFrom(length + distance, batch, budget, ref widest);
        }
    }

    private void TakeFrom(int length, List<QueuedText> batch, int budget, ref int widest)
    {
        var width = Math.Max(widest, length);
        while (batch.Count == 0 || (batch.Count + 1) * width <= budget)
        {
            if (Head(length) is not { } text)
                return;
            Forget(text);
            batch.Add(text);
            widest = width;
        }
    }

    private int LengthOfOldest()
    {
        var (oldest, found) = (long.MaxValue, 0);
        for (var length = 0; length <= maxLength; length++)
            if (Head(length) is { } head && head.Sequence < oldest)
                (oldest, found) = (head.Sequence, length);
        return found;
    }

    private QueuedText? Head(int length)
    {
        if ((uint)length > (uint)maxLength || _buckets[length] is not { } bucket)
            return null;
        while (bucket.TryPeek(out var head))
        {
            if (head.Bucket == this)
                return head;
            bucket.Dequeue();
        }

        return null;
    }
}
