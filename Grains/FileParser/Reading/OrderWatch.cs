using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Watches, while a part is surveyed, whether the messages of each conversation stand in the order of time.</summary>
internal sealed class OrderWatch
{
    private readonly Dictionary<int, long> _ticks = []; // of the conversations but the last
    private int _conversation = -1;
    private long _last;

    /// <summary>Whether some message stands behind a later one.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Takes the next message.</summary>
    public void See(ConversationRef conversation, SentTime? sent)
    {
        if (sent is not { } time || IsBroken)
            return;
        if (conversation.Ordinal != _conversation)
            GoTo(conversation.Ordinal);
        var ticks = time.At.UtcTicks;
        IsBroken = ticks < _last;
        _last = ticks;
    }

    private void GoTo(int conversation)
    {
        // Of more than can be put in order nothing need be known.
        if (_ticks.Count <= FoundEntries.MostConversations)
            _ticks[_conversation] = _last;
        _last = _ticks.GetValueOrDefault(conversation);
        _conversation = conversation;
    }
}
