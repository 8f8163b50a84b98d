namespace ChatAnalysis.Grains.FileParser.Formats.Telegram;

/// <summary>When the messages of a chat were sent, by their numbers, for those that answer them.</summary>
/// <remarks>They are numbered in the order of time. Of a very long chat the oldest are forgotten.</remarks>
internal sealed class TelegramTimes
{
    private const int Most = 1_000_000;

    private readonly List<long> _numbers = [];
    private readonly List<long> _times = [];

    /// <summary>Notes a message. One that is out of order is not noted.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="time">When it was sent, in seconds since 1970.</param>
    public void Add(long number, long time)
    {
        if (_numbers.Count > 0 && number <= _numbers[^1])
            return;
        if (_numbers.Count == Most)
        {
            _numbers.RemoveRange(0, Most / 2);
            _times.RemoveRange(0, Most / 2);
        }

        _numbers.Add(number);
        _times.Add(time);
    }

    /// <summary>When a message was sent; null where it is not known.</summary>
    public long? Find(long number) => _numbers.BinarySearch(number) is >= 0 and var at ? _times[at] : null;

    /// <summary>Begins another chat.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _times.Clear();
    }
}
