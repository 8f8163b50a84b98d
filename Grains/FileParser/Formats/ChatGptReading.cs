using System.Buffers;
using System.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>One walk through ChatGPT's conversations: finds the branch that is shown, and in it what is a message.</summary>
internal sealed class ChatGptReading : IHeldFormat
{
    private static readonly JsonKeys ConversationKeys = new("mapping", "current_node", "conversation_id", "id", "title");
    private static readonly JsonKeys NodeKeys = new("message", "parent");
    private static readonly JsonKeys ChildKeys = new("children");

    private const int MostChildren = 1_000_000;

    private readonly ChatReading _reading;
    private readonly HeldConversation _held;
    private readonly List<(int Parent, UInt128 Child)> _children = [];

    /// <summary>Begins the walk.</summary>
    public ChatGptReading(ChatReading reading)
    {
        _reading = reading;
        _held = new HeldConversation(reading, this);
    }

    /// <summary>Reads the conversation at hand.</summary>
    /// <param name="place">Where it stands.</param>
    public IEnumerable<ParsedMessage> ReadConversation(ConversationPlace place)
    {
        var json = _reading.Json;
        string? conversationId = null, id = null, title = null;
        UInt128 current = 0;
        var found = false;
        var start = json.Mark();
        _held.Begin();
        json.Enter();
        while (_reading.GoesOn && json.NextProperty())
            switch (json.FindKey(ConversationKeys), json.Kind)
            {
                case (0, JsonKind.Object) when !found:
                    found = true;
                    ReadMapping(place.Of("mapping"));
                    place.Note(_reading);
                    break;
                case (0, JsonKind.Null):
                    break;
                case (0, _):
                    _reading.Reject(found ? "the key mapping occurs twice" : "mapping must be an object", json.Offset);
                    break;
                case (1, JsonKind.Text):
                    current = HeldConversation.KeyOf(json.ReadRawText());
                    break;
                case (2, JsonKind.Text):
                    conversationId = json.ReadLabel();
                    break;
                case (3, JsonKind.Text):
                    id = json.ReadLabel();
                    break;
                case (4, JsonKind.Text):
                    title = json.ReadLabel();
                    break;
                default:
                    break;
            }

        if (_held.BreaksOff())
            yield break;
        if (!found)
            _reading.Tally.Warn("a conversation without mapping has no messages");
        var conversation = _reading.Conversation(
            !string.IsNullOrEmpty(conversationId) ? conversationId : string.IsNullOrEmpty(id) ? null : id, title);
        ReadChildren(start);
        var branch = Branch(current);
        foreach (var at in branch)
            if (_held.Tell(conversation, _held.Messages[at]) is { } message)
                yield return message;
        _held.SkipAllBut(branch, ChatGptMessage.NullEntry);
        _held.End();
    }

    /// <summary>Reads the node at hand.</summary>
    public void ReadMessage(HeldConversation held, HeldMessage message)
    {
        var json = _reading.Json;
        if (json.Kind != JsonKind.Object && _reading.Conversations == 0 && held.Messages.Count == 1)
            _reading.Disown("its mapping is not one of nodes");
        else if (json.Kind != JsonKind.Object)
            _reading.Reject("a node of the mapping must be an object", json.Offset);
        message.Skip = ChatGptMessage.NullEntry;
        json.Enter();
        while (_reading.GoesOn && json.NextProperty())
            switch (json.FindKey(NodeKeys), json.Kind)
            {
                case (0, JsonKind.Object):
                    ChatGptMessage.Read(held, message);
                    break;
                case (0, not JsonKind.Null):
                    _reading.Reject("a node's message must be an object or null", json.Offset);
                    break;
                case (1, JsonKind.Text):
                    message.Parent = HeldConversation.KeyOf(json.ReadRawText());
                    break;
                default:
                    break;
            }
    }

    /// <inheritdoc/>
    public HeldWords WordsOf(HeldMessage message, string text, int rank) =>
        string.IsNullOrWhiteSpace(CitationMarks.Strip(text)) ? HeldWords.MarksOnly : HeldWords.Words;

    /// <inheritdoc/>
    public bool BeginsWithWords(ReadOnlySpan<byte> raw) =>
        raw[0] is > (byte)' ' and < 0x7F and not (byte)'\\'
        || (raw[0] >= 0x80 && Rune.DecodeFromUtf8(raw, out var rune, out _) == OperationStatus.Done
            && !Rune.IsWhiteSpace(rune) && !CitationMarks.MayBegin(rune));

    /// <inheritdoc/>
    public string Clean(HeldMessage message, string text) => CitationMarks.Strip(text);

    private void ReadMapping(string list)
    {
        var json = _reading.Json;
        json.Enter();
        for (var i = 0L; _reading.GoesOn && json.NextProperty(); i++)
        {
            _reading.At(list, i);
            var node = _held.Add();
            _held.HoldId(node, json.RawKey);
            ReadMessage(_held, node);
            _held.Weigh(node);
        }
    }

    /// <summary>Reads the nodes' children where those alone may tell what follows what. Hardly ever: every node but one has a parent.</summary>
    private void ReadChildren(JsonMark start)
    {
        var json = _reading.Json;
        _children.Clear();
        if (_held.Messages.Count(node => node.Parent == 0) < 2)
            return;
        json.GoBack(start);
        json.Enter();
        while (json.NextProperty())
        {
            if (json.FindKey(ConversationKeys) != 0 || json.Kind != JsonKind.Object)
                continue;
            json.Enter();
            for (var node = 0; json.NextProperty(); node++)
                ReadChildren(node);
        }
    }

    private void ReadChildren(int node)
    {
        var json = _reading.Json;
        json.Enter();
        while (json.NextProperty())
        {
            if (json.FindKey(ChildKeys) != 0 || json.Kind != JsonKind.Array)
                continue;
            json.Enter();
            while (json.NextElement())
                if (json.Kind == JsonKind.Text && HeldConversation.KeyOf(json.ReadRawText()) is var child && child != 0)
                {
                    _children.Add((node, child));
                    if (_children.Count > MostChildren)
                        _reading.Reject($"a conversation whose nodes name more than {MostChildren} children", json.Offset);
                }
        }
    }

    /// <summary>The branch that ends at the current node, or else at the newest; by time where nothing is linked.</summary>
    private List<int> Branch(UInt128 current)
    {
        var tree = new MessageTree(_held.Messages, _children);
        var leaf = tree.Find(current);
        if (tree.HasLinks && leaf < 0)
            leaf = tree.NewestLeaf();
        if (!tree.HasLinks || leaf < 0)
            return tree.ByTime(message => message.Role == "user");
        return tree.BranchTo(_held.Messages[leaf].Skip == ChatGptMessage.Thought ? tree.NewestLeafBelow(leaf) : leaf);
    }
}
