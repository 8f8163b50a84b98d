using System.IO.Hashing;
using System.Runtime.InteropServices;
using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Teams;

/// <summary>Sorts the chatMessages of several files into their chats and channels, each once.</summary>
internal sealed class GraphConversations
{
    private readonly ChatReading _reading;
    private readonly EntryFiles _files;
    private readonly GraphMessage _parser;
    private readonly Dictionary<string, ConversationOrder> _orders = [];
    private readonly List<string> _ids = [];
    private readonly HashSet<UInt128> _seen = [];
    private string? _context;
    private int _taken;

    /// <summary>Begins with none.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="files">The files.</param>
    public GraphConversations(ChatReading reading, EntryFiles files)
    {
        (_reading, _files) = (reading, files);
        _parser = new GraphMessage(reading, () => Take("replies"));
    }

    /// <summary>Notes the context of a file: it names the chat of messages that do not.</summary>
    /// <param name="context">Such as <c>…/$metadata#chats('19%3Ameeting%40thread.v2')/messages</c>; null where it has none.</param>
    public void In(string? context)
    {
        var ids = context?.Split('\'') is { Length: > 2 } parts && !context.Contains("#Collection", StringComparison.Ordinal)
            ? (parts[0].EndsWith("#chats(", StringComparison.Ordinal) ? [parts[1]]
                : parts is [_, var team, ")/channels(", var channel, ..] ? (string[])[team, channel] : [])
            : [];
        _context = ids.Length == 0 ? null : string.Join('/', ids.Select(Uri.UnescapeDataString));
    }

    /// <summary>Takes the list at hand.</summary>
    /// <param name="list">Its name.</param>
    public void Take(string list) => EntryList.Walk(_reading, list, _parser.Read, OrderOf);

    /// <summary>The messages of all that were taken, chat after chat.</summary>
    public IEnumerable<ParsedMessage> Read()
    {
        foreach (var id in _ids)
        {
            var conversation = _reading.Conversation(id.Length == 0 ? null : id);
            foreach (var message in _orders[id].Read(_reading, conversation))
                yield return message;
        }
    }

    /// <summary>Where a message belongs. Each person's export has those of a chat again: a message is one by its chat and its id.</summary>
    private ConversationOrder? OrderOf(FoundMessage message)
    {
        var conversation = _parser.Conversation ?? _context ?? "";
        if (++_taken > ConversationOrder.MostMessages)
            _reading.Reject($"more than {ConversationOrder.MostMessages} messages; send them in several uploads", _reading.Json.Offset);
        if (message.Id is { } id && !_seen.Add(Hash(conversation, id)))
        {
            _reading.Skip("duplicate message");
            return null;
        }

        if (_orders.TryGetValue(conversation, out var order))
            return order;
        if (!_files.HoldName(conversation))
            return null;
        _ids.Add(conversation);
        return _orders[conversation] = new ConversationOrder(_files, _parser.Read);
    }

    private static UInt128 Hash(string conversation, string id)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(conversation.AsSpan()));
        hash.Append([0, 0]);
        hash.Append(MemoryMarshal.AsBytes(id.AsSpan()));
        return hash.GetCurrentHashAsUInt128();
    }
}
