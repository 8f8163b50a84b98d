namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Remembers what was asked for last: at least so many, and at most twice as many.</summary>
/// <param name="size">How many.</param>
internal sealed class RecentOnes<TKey, TValue>(int size)
    where TKey : notnull
    where TValue : class
{
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    /// <summary>Whether something was ever forgotten.</summary>
    public bool Forgot { get; private set; }

    /// <summary>What is remembered of a key; null where that is nothing.</summary>
    public TValue? Find(TKey key)
    {
        if (_young.TryGetValue(key, out var value))
            return value;
        if (!_old.Remove(key, out value))
            return null;
        Add(key, value);
        return value;
    }

    /// <summary>Remembers what is not remembered yet.</summary>
    public void Add(TKey key, TValue value)
    {
        if (_young.Count == size)
        {
            Forgot |= _old.Count > 0;
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young.Add(key, value);
    }
}
