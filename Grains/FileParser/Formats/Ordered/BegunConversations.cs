using System.Diagnostics.CodeAnalysis;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>The conversations that a walk has begun, by the keys under which its messages name them.</summary>
/// <param name="reading">The walk.</param>
internal sealed class BegunConversations(ChatReading reading)
{
    private readonly Dictionary<string, ConversationRef> _conversations = [];
    private readonly HeldNames _names = new();

    /// <summary>Whether there are as many as are remembered.</summary>
    public bool IsFull => _conversations.Count >= FoundEntries.MostConversations;

    /// <summary>The one begun last; null where there is none.</summary>
    public ConversationRef? Last { get; private set; }

    /// <summary>Looks for one.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out ConversationRef? conversation) =>
        _conversations.TryGetValue(key, out conversation);

    /// <summary>Begins one. Where too many are remembered those with an id are forgotten: begun again they have it again.</summary>
    /// <returns>Null where its names are more than can be held, which ends the walk.</returns>
    public ConversationRef? Begin(
        string key, string? id, string? title, IReadOnlyList<string> participants, MessageIdentity identity = MessageIdentity.ExportId)
    {
        if (IsFull)
            Forget();
        if (!_names.Hold(reading, key, ReferenceEquals(id, key) ? null : id, title))
            return null;
        return _conversations[key] = Last = reading.Conversation(id, title, participants, identity);
    }

    private void Forget()
    {
        foreach (var (key, conversation) in _conversations)
            if (conversation.Id is not null)
                _conversations.Remove(key);
        _names.Clear();
    }
}
