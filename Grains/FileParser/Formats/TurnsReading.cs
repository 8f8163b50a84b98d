using System.Buffers;
using System.Buffers.Text;
using System.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// One walk through conversations that are plain lists of turns, as data sets for research have them. A turn is identified by its
/// conversation's id and its place in it.
/// </summary>
/// <param name="reading">The walk.</param>
/// <param name="conversationKeys">The keys of a conversation's turns, of its id, of another that may stand for it, and of its time.</param>
/// <param name="turnKeys">The keys of a turn's role, its text and its time; then others for role and text.</param>
/// <param name="identify">Makes of an id one that no other file's conversations have; null where it cannot.</param>
internal sealed class TurnsReading(
    ChatReading reading, JsonKeys conversationKeys, JsonKeys turnKeys, Func<HeldConversation, string, string?> identify) : IHeldFormat
{
    private HeldConversation? _held;

    /// <summary>Reads the conversation at hand.</summary>
    /// <param name="place">Where it stands.</param>
    public IEnumerable<ParsedMessage> ReadConversation(ConversationPlace place)
    {
        var json = reading.Json;
        var held = _held ??= new HeldConversation(reading, this);
        var start = json.Offset;
        string? id = null, otherId = null;
        SentTime? sent = null;
        var found = false;
        held.Begin();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(conversationKeys), json.Kind)
            {
                case (0, JsonKind.Array) when !found:
                    found = true;
                    ReadTurns(held, place.Of(json.ReadKey()));
                    place.Note(reading);
                    break;
                case (0, JsonKind.Null) when !found:
                    found = true;
                    reading.Tally.Warn($"a conversation whose {json.ReadKey()} is null has no messages");
                    break;
                case (0, _):
                    reading.Reject($"the key {json.ReadKey()} {(found ? "occurs twice" : "must lead to an array")}", json.Offset);
                    break;
                case (1, JsonKind.Text):
                    id = json.ReadLabel();
                    break;
                case (2, JsonKind.Text):
                    otherId = json.ReadLabel();
                    break;
                case (3, _):
                    sent = MessageTime.Read(reading);
                    break;
                default:
                    break;
            }

        if (!found)
            reading.Reject("a conversation without its turns", start);
        if (held.BreaksOff())
            yield break;
        var own = !string.IsNullOrEmpty(id) ? id : otherId;
        var conversation = reading.Conversation(own is { Length: > 0 } ? identify(held, own) : null);
        TimeThoseWithout(held, sent);
        foreach (var turn in held.Messages)
            if (held.Tell(conversation, turn) is { } message)
                yield return message;
        held.End();
    }

    /// <inheritdoc/>
    public void ReadMessage(HeldConversation held, HeldMessage message)
    {
        var json = reading.Json;
        var start = json.Offset;
        var found = false;
        if (json.Kind != JsonKind.Object)
            reading.Reject("a turn must be an object or null", start);
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(turnKeys), json.Kind)
            {
                case (0 or 3, JsonKind.Text):
                    message.Author = json.ReadLabel();
                    break;
                case (1 or 4, JsonKind.Text):
                    found = true;
                    held.HoldText(message);
                    break;
                case (1 or 4, JsonKind.Null):
                    found = true;
                    break;
                case (1 or 4, _):
                    reading.Reject($"a turn's {json.ReadKey()} must be a text", json.Offset);
                    break;
                case (2, _):
                    message.Sent = MessageTime.Read(reading);
                    break;
                case (0 or 3, not JsonKind.Null):
                    reading.Tally.Warn($"a turn's {json.ReadKey()} of an unknown kind is taken as absent");
                    break;
                default:
                    break;
            }

        if (!found && reading.GoesOn)
            reading.Tally.Warn("turns without a text, such as those that call a tool, are passed over");
        message.Role = RoleOf(message.Author);
        message.Skip = message.Words == HeldWords.None ? "empty text" : null;
    }

    /// <inheritdoc/>
    public HeldWords WordsOf(HeldMessage message, string text, int rank) => HeldWords.Words;

    /// <inheritdoc/>
    public bool BeginsWithWords(ReadOnlySpan<byte> raw) =>
        raw[0] < 0x80
            ? raw[0] is > (byte)' ' and not (byte)'\\'
            : Rune.DecodeFromUtf8(raw, out var rune, out _) == OperationStatus.Done && !Rune.IsWhiteSpace(rune);

    /// <inheritdoc/>
    public string Clean(HeldMessage message, string text) => text;

    private void ReadTurns(HeldConversation held, string list)
    {
        var json = reading.Json;
        Span<byte> place = stackalloc byte[20];
        var turns = reading.EnterList(list);
        while (turns.Next())
        {
            var turn = held.Add();
            Utf8Formatter.TryFormat(turns.Index, place, out var digits);
            held.HoldId(turn, place[..digits], asKey: false);
            if (json.Kind == JsonKind.Null)
                turn.Skip = "null entry";
            else
                ReadMessage(held, turn);
            held.Weigh(turn);
            if (!reading.GoesOn)
                held.DropLast();
        }
    }

    /// <summary>What a person said has no time in some sets, but the answer has; or only the conversation.</summary>
    private void TimeThoseWithout(HeldConversation held, SentTime? conversation)
    {
        var next = conversation;
        for (var i = held.Messages.Count - 1; i >= 0; i--)
        {
            var turn = held.Messages[i];
            if (turn.Sent is null && next is not null && turn.Skip is null)
                reading.Tally.Assume("turns without a time have that of the answer, or else of the conversation");
            next = turn.Sent ??= next;
        }
    }

    private static string? RoleOf(string? author) => author?.ToLowerInvariant() switch
    {
        "human" => "user",
        "gpt" or "chatgpt" or "bing" or "bard" or "model" => "assistant",
        "observation" => "tool",
        "" => null,
        var role => role,
    };
}
