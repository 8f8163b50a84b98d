using System.Buffers;
using System.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>One walk through Claude's conversations: finds the active branch, and in it what is a message.</summary>
internal sealed class ClaudeReading : IHeldFormat
{
    private static readonly JsonKeys ConversationKeys = new("chat_messages", "uuid", "name", "account", "current_leaf_message_uuid");
    private static readonly JsonKeys AccountKeys = new("uuid");

    private readonly ChatReading _reading;
    private readonly HeldConversation _held;

    /// <summary>Begins the walk.</summary>
    public ClaudeReading(ChatReading reading)
    {
        _reading = reading;
        _held = new HeldConversation(reading, this);
    }

    /// <summary>Reads the conversation at hand.</summary>
    /// <param name="place">Where it stands.</param>
    public IEnumerable<ParsedMessage> ReadConversation(ConversationPlace place)
    {
        var json = _reading.Json;
        var start = json.Offset;
        string? id = null, name = null, account = null;
        UInt128 leaf = 0;
        var found = false;
        _held.Begin();
        json.Enter();
        while (_reading.GoesOn && json.NextProperty())
            switch (json.FindKey(ConversationKeys), json.Kind)
            {
                case (0, JsonKind.Array) when !found:
                    found = true;
                    ReadMessages(place.Of("chat_messages"));
                    place.Note(_reading);
                    break;
                case (0, JsonKind.Null) when !found:
                    found = true;
                    _reading.Tally.Warn("a conversation whose chat_messages is null has no messages");
                    break;
                case (0, _):
                    _reading.Reject(found ? "the key chat_messages occurs twice" : "chat_messages must be an array", json.Offset);
                    break;
                case (1, JsonKind.Text):
                    id = json.ReadLabel();
                    break;
                case (2, JsonKind.Text):
                    name = json.ReadLabel();
                    break;
                case (3, JsonKind.Object):
                    account = ReadAccount();
                    break;
                case (4, JsonKind.Text):
                    leaf = HeldConversation.KeyOf(json.ReadRawText());
                    break;
                default:
                    break;
            }

        if (!found)
            _reading.Reject("a conversation without chat_messages", start);
        if (_held.BreaksOff())
            yield break;
        var conversation = _reading.Conversation(string.IsNullOrEmpty(id) ? null : id, string.IsNullOrEmpty(name) ? null : name);
        var order = Order(leaf);
        foreach (var at in order)
        {
            var message = _held.Messages[at];
            if (message.Role == "user")
                message.AuthorId = account;
            if (_held.Tell(conversation, message) is { } told)
                yield return told;
        }

        _held.SkipAllBut(order, ClaudeMessage.NullEntry);
        _held.End();
    }

    /// <inheritdoc/>
    public void ReadMessage(HeldConversation held, HeldMessage message) => ClaudeMessage.Read(held, message);

    /// <inheritdoc/>
    public HeldWords WordsOf(HeldMessage message, string text, int rank) =>
        ClaudeText.Clean(text, ClaudeMessage.MayHaveTags(rank) ? message.NoteInline : null).Length == 0 ? HeldWords.MarksOnly : HeldWords.Words;

    /// <inheritdoc/>
    public bool BeginsWithWords(ReadOnlySpan<byte> raw) =>
        raw[0] < 0x80
            ? raw[0] is > (byte)' ' and not (byte)'\\' && !ClaudeText.MayBeginWithMarks(raw)
            : Rune.DecodeFromUtf8(raw, out var rune, out _) == OperationStatus.Done && !Rune.IsWhiteSpace(rune);

    /// <inheritdoc/>
    public string Clean(HeldMessage message, string text) =>
        message.Role == "assistant"
            ? ClaudeText.Clean(text, ClaudeMessage.MayHaveTags(message.Rank) ? message.Attach : null)
            : text;

    private void ReadMessages(string list)
    {
        var json = _reading.Json;
        json.Enter();
        for (var i = 0L; _reading.GoesOn && json.NextElement(); i++)
        {
            _reading.At(list, i);
            var message = _held.Add();
            if (json.Kind == JsonKind.Null)
                message.Skip = ClaudeMessage.NullEntry;
            else
                ReadMessage(_held, message);
            _held.Weigh(message);
        }
    }

    private string? ReadAccount()
    {
        var json = _reading.Json;
        string? id = null;
        json.Enter();
        while (json.NextProperty())
            if (json.FindKey(AccountKeys) == 0 && json.Kind == JsonKind.Text)
                id = json.ReadLabel();
        return string.IsNullOrEmpty(id) ? null : id;
    }

    /// <summary>The active branch; by time in the older exports, where no message tells what it follows.</summary>
    private List<int> Order(UInt128 leaf)
    {
        var tree = new MessageTree(_held.Messages, []);
        var branches = tree.HasLinks ? tree.ActiveBranches(leaf) : [];
        return branches.Count > 0 ? branches : tree.ByTime(message => message.Role == "user");
    }
}
