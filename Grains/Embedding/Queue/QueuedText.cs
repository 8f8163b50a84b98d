namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>A distinct text, as its tokens, on its way to its vector or with it. Guarded by its queue's lock.</summary>
/// <param name="tokens">Its tokens. Texts of the same tokens are one.</param>
/// <param name="sequence">Grows with every text: the smaller, the longer it has waited.</param>
internal sealed class QueuedText(int[] tokens, long sequence)
{
    public int[] Tokens => tokens;

    public long Sequence => sequence;

    /// <summary>Where it waits for a run; null once it runs, has its vector, or nobody wants it any more.</summary>
    public LengthBuckets? Bucket { get; set; }

    /// <summary>Its vector, once it has one and as long as it is kept.</summary>
    public float[]? Vector { get; set; }

    /// <summary>Whether it was asked for since the cache last thought of dropping it.</summary>
    public bool AskedForAgain { get; set; }

    /// <summary>Who wants the vector, and in which row.</summary>
    public List<(RequestPart Part, int Row)> Waiters { get; } = new(1);
}
