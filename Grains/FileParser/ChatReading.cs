using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>One walk through a file by a format's reader: where it stands, what it counted, why it ended early.</summary>
internal sealed class ChatReading
{
    /// <summary>What a reader yields in place of a message that is only counted.</summary>
    private static readonly ParsedMessage Counted = new(-1, new ConversationRef(0, null, null), null, null, null, null, "");

    private readonly Dictionary<string, long> _skipped = [];
    private readonly long _from;
    private int _lastConversation = -1;

    /// <summary>Begins a walk.</summary>
    /// <param name="json">The file, at its beginning.</param>
    /// <param name="from">The first ordinal whose message is wanted; those before are counted only.</param>
    public ChatReading(JsonScanner json, long from)
    {
        Json = json;
        _from = from;
        json.WantsTexts = from == 0;
    }

    /// <summary>The file.</summary>
    public JsonScanner Json { get; }

    /// <summary>Messages found so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Conversations with a message so far.</summary>
    public int Conversations { get; private set; }

    /// <summary>Entries that are no messages so far, by reason.</summary>
    public IReadOnlyDictionary<string, long> Skipped => _skipped;

    /// <summary>The entry that is being read, such as messages[17]: its list's name and its index; none where the name is null.</summary>
    public (string? List, long Index) Entry { get; private set; }

    /// <summary>Set once the file proves not to be of this format, in words that say why.</summary>
    public string? Disowned { get; private set; }

    /// <summary>Whether the walk goes on: nothing was wrong so far.</summary>
    public bool GoesOn => Disowned is null && Json.Fault is null;

    /// <summary>Counts a message and makes it, where it is wanted.</summary>
    public ParsedMessage Message(
        ConversationRef conversation, string? id, string? author, string? role, DateTimeOffset? sentAt, string text)
    {
        var ordinal = Messages++;
        Json.WantsTexts = Messages >= _from;
        if (conversation.Ordinal != _lastConversation)
        {
            _lastConversation = conversation.Ordinal;
            Conversations++;
        }

        return ordinal < _from ? Counted : new ParsedMessage(ordinal, conversation, id, author, role, sentAt, text);
    }

    /// <summary>Notes which entry is being read, for the place of a fault.</summary>
    public void At(string? list, long index = 0)
    {
        if (GoesOn)
            Entry = (list, index);
    }

    /// <summary>Counts an entry that is no message.</summary>
    public void Skip(string reason) => _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;

    /// <summary>Ends the walk: the value at <paramref name="offset"/> breaks the format's rules.</summary>
    public void Reject(string detail, long offset) => Json.Reject(detail, offset);

    /// <summary>Ends the walk: the file is of another format.</summary>
    public void Disown(string why) => Disowned ??= why;
}
