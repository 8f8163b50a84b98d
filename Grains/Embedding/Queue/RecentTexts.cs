namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>The texts whose vectors are kept: a clock (Corbató's second chance), which comes near to dropping the least recent.</summary>
/// <param name="capacity">How many, at least 1.</param>
internal sealed class RecentTexts(int capacity)
{
    private readonly List<QueuedText> ring = [];
    private int hand;

    /// <summary>Keeps a text.</summary>
    /// <returns>The text that has to go for it, or null.</returns>
    public QueuedText? Add(QueuedText text)
    {
        if (ring.Count < capacity)
        {
            ring.Add(text);
            return null;
        }

        for (; ring[hand].AskedForAgain; Advance())
            ring[hand].AskedForAgain = false;
        var dropped = ring[hand];
        ring[hand] = text;
        Advance();
        return dropped;
    }

    private void Advance() => hand = hand + 1 == ring.Count ? 0 : hand + 1;
}
