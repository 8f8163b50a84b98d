using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>
/// Where the messages of a part stand, by conversation: 24 bytes a message, and as many again of a conversation whose order is neither
/// that of time nor its opposite, while it is sorted. Each part that is read at the same time has its own.
/// </summary>
/// <param name="files">The files.</param>
internal sealed class FoundEntries(EntryFiles files)
{
    /// <summary>How many messages of a part can be put in order: 240 MB at most while they are sorted.</summary>
    public const long MostMessages = ConversationOrder.MostMessages;

    /// <summary>And of how many conversations.</summary>
    public const int MostConversations = 50_000;

    private readonly Dictionary<int, (ConversationRef Conversation, EntryStore Entries)> _stores = [];
    private (ConversationRef Conversation, EntryStore Entries)? _last;

    /// <summary>Adds a message.</summary>
    /// <param name="conversation">Whose.</param>
    /// <param name="sent">When it was sent; where that is not known it stays beside the one before it.</param>
    /// <param name="offset">Where it stands in the file at hand.</param>
    /// <param name="note">What its reader notes of it.</param>
    /// <param name="before">How many like it came before.</param>
    public void Add(ConversationRef conversation, SentTime? sent, long offset, int note, int before)
    {
        if (_last is not { } store || store.Conversation.Ordinal != conversation.Ordinal)
        {
            if (!_stores.TryGetValue(conversation.Ordinal, out store))
                _stores[conversation.Ordinal] = store = (conversation, new EntryStore());
            _last = store;
        }

        store.Entries.Add(new EntryPlace(
            sent?.UtcTicks ?? store.Entries.LastTicks, EntryPlace.PlaceOf(files.Number, offset), note, before));
    }

    /// <summary>All of them: one conversation after the other, and each in the order of time.</summary>
    /// <param name="isStable">Whether of those at one time the first one comes first even where the newest stand first.</param>
    public IEnumerable<(ConversationRef Conversation, EntryPlace Entry)> InOrder(bool isStable)
    {
        _last = null;
        foreach (var ordinal in _stores.Keys.Order().ToList())
        {
            _stores.Remove(ordinal, out var store);
            store.Entries.Sort(isStable);
            for (var i = 0; i < store.Entries.Count; i++)
                yield return (store.Conversation, store.Entries[i]);
        }
    }
}
