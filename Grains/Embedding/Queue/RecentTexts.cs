namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>The texts whose vectors are kept: a clock (Corbató's second chance), which comes near to dropping the least recent.</summary>
/// <param name="capacity">How many, at least 1.</param>
internal sealed class RecentTexts(int capacity)
{
    private readonly List<QueuedText> _ring = [];
    private int _hand;

    /// <summary>Keeps a text.</summary>
    /// <returns>The text that has to go for it, or null.</returns>
    public QueuedText? Add(QueuedText text)
    {
        if (_ring.Count < capacity)
        {
            _ring.Add(text);
            return null;
        }

        for (; _ring[_hand].AskedForAgain; Advance())
            _ring[_hand].AskedForAgain = false;
        var dropped = _ring[_hand];
        _ring[_hand] = text;
        Advance();
        return dropped;
    }

    private void Advance() => _hand = _hand + 1 == _ring.Count ? 0 : _hand + 1;
}
