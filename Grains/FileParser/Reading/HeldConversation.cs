using System.IO.Hashing;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>The messages of one conversation, for formats that tell only at its end what it is called and in which order they belong.</summary>
/// <remarks>
/// Texts are kept as they stand in the file, one behind the other, and made into strings only where they are handed on. Memory does
/// not grow with the file: of a conversation with more text than a message may have, the rest is read again.
/// </remarks>
/// <param name="reading">The walk.</param>
/// <param name="format">The format.</param>
internal sealed class HeldConversation(ChatReading reading, IHeldFormat format)
{
    private const int MostMessages = 250_000;

    private const int MostSpare = 1024;

    private readonly List<HeldMessage> _messages = [];
    private readonly List<HeldMessage> _spare = [];
    private readonly List<(int Start, int Length)> _texts = [];
    private byte[] _bytes = new byte[4096];
    private int _used;
    private long _weight;
    private JsonMark _start;
    private bool _wentBack;

    /// <summary>The walk.</summary>
    public ChatReading Reading => reading;

    /// <summary>The messages in the file's order.</summary>
    public IReadOnlyList<HeldMessage> Messages => _messages;

    /// <summary>A hash by which messages name each other.</summary>
    public static UInt128 KeyOf(ReadOnlySpan<byte> id) => id.IsEmpty ? 0 : XxHash128.HashToUInt128(id) | 1;

    /// <summary>Begins the conversation at hand.</summary>
    public void Begin()
    {
        _messages.Clear();
        _texts.Clear();
        _used = 0;
        _weight = 0;
        _wentBack = false;
        _start = reading.Json.Mark();
    }

    /// <summary>Begins the message at hand.</summary>
    public HeldMessage Add()
    {
        if (_messages.Count == MostMessages)
            reading.Reject($"a conversation of more than {MostMessages} messages", reading.Json.Offset);
        if (_messages.Count == _spare.Count && _spare.Count < MostSpare)
            _spare.Add(new HeldMessage());
        var message = _messages.Count < _spare.Count ? _spare[_messages.Count] : new HeldMessage();
        message.Begin(reading.Json.Mark(), _texts.Count);
        _messages.Add(message);
        return message;
    }

    /// <summary>Drops the message that was begun last, as it is damaged.</summary>
    public void DropLast()
    {
        var first = _messages[^1].FirstText;
        if (first < _texts.Count)
            _texts.RemoveRange(first, _texts.Count - first);
        _messages.RemoveAt(_messages.Count - 1);
    }

    /// <summary>Whether a damage breaks the conversation off: what was read of it is lost then.</summary>
    public bool BreaksOff()
    {
        if (reading.GoesOn)
            return false;
        reading.Lose(_messages.Count);
        return true;
    }

    /// <summary>Keeps a message's id, which others name it by.</summary>
    public void HoldId(HeldMessage message, ReadOnlySpan<byte> id, bool asKey = true)
    {
        if (asKey)
            message.Key = KeyOf(id);
        message.Id = (_used, id.Length);
        Keep(id);
    }

    /// <summary>Counts what a message that was read holds beside its texts, of which there may be as much as a message may have.</summary>
    public void Weigh(HeldMessage message)
    {
        _weight += message.Weight;
        if (_weight > reading.Json.MaxTokenBytes)
            reading.Reject(
                "a conversation whose ids and names are longer than the setting Parsing:MaxMessageBytes allows", message.Place.Offset);
    }

    /// <summary>Takes the text at hand.</summary>
    /// <param name="message">Whose it is.</param>
    /// <param name="rank">Which of a message's possible places it stands in: where several have words, the smallest counts.</param>
    public void HoldText(HeldMessage message, int rank = 0)
    {
        var start = reading.Json.Offset;
        var raw = reading.Json.ReadRawText();
        if (raw.IsEmpty)
            return;
        var words = format.BeginsWithWords(raw) ? HeldWords.Words : WordsOf(message, raw, rank);
        if (rank != message.Rank)
        {
            if (rank > message.Rank ? message.Words == HeldWords.Words : words < message.Words)
                return;
            (message.FirstText, message.Texts, message.TextBytes, message.Words) = (_texts.Count, 0, 0, HeldWords.None);
            message.Rank = rank;
        }

        message.Words = words > message.Words ? words : message.Words;
        message.TextBytes += raw.Length;
        if (message.TextBytes > reading.Json.MaxTokenBytes)
            reading.Reject("a message longer than the setting Parsing:MaxMessageBytes allows", start);
        // A message alone always has room.
        message.LeftBehind |= _used + raw.Length > reading.Json.MaxTokenBytes && _messages.Count > 1;
        if (message.LeftBehind)
            return;
        message.Texts++;
        _texts.Add((_used, raw.Length));
        Keep(raw);
    }

    /// <summary>A hash of the first texts, however they are escaped: of each conversation another, nearly always.</summary>
    public ulong HashOfBeginning()
    {
        const int Beginning = 3; // the first may be the same prompt for all
        var hash = 0UL;
        foreach (var (start, length) in _texts.Take(Beginning))
            hash = XxHash3.HashToUInt64(JsonText.Plain(_bytes.AsSpan(start, length)), (long)hash);
        return hash;
    }

    /// <summary>Counts a message, or why it is none.</summary>
    /// <returns>What to yield, if anything.</returns>
    public ParsedMessage? Tell(ConversationRef conversation, HeldMessage message)
    {
        if (message.Skip is { } reason)
        {
            reading.Skip(reason);
            return null;
        }

        var wanted = reading.Json.WantsTexts;
        return reading.Message(conversation, new()
        {
            Text = wanted ? TextOf(message) : "…",
            Id = wanted && message.Id.Length > 0 ? JsonText.Decode(_bytes.AsSpan(message.Id.Start, message.Id.Length)) : null,
            Author = message.Author ?? message.Role,
            AuthorId = message.AuthorId,
            Role = message.Role,
            Sent = message.Sent,
            Attachments = message.Attachments,
        });
    }

    /// <summary>Counts the messages that are not shown: those of branches that were left behind, and entries that were null.</summary>
    /// <param name="shown">The places of those that are.</param>
    /// <param name="nullEntry">Why the reader skips what is null.</param>
    public void SkipAllBut(List<int> shown, string nullEntry)
    {
        if (shown.Count == Messages.Count)
            return;
        var places = shown.ToHashSet();
        for (var i = 0; i < Messages.Count; i++)
            if (!places.Contains(i))
                reading.Skip(Messages[i].Skip == nullEntry ? nullEntry : "other branch");
    }

    /// <summary>Ends the conversation: what follows it is next, wherever its texts were read.</summary>
    public void End()
    {
        if (!_wentBack)
            return;
        reading.Json.GoBack(_start);
        reading.Json.Skip();
    }

    private HeldWords WordsOf(HeldMessage message, ReadOnlySpan<byte> raw, int rank)
    {
        var text = JsonText.Decode(raw);
        return string.IsNullOrWhiteSpace(text) ? HeldWords.None : format.WordsOf(message, text, rank);
    }

    private string TextOf(HeldMessage message)
    {
        if (message.LeftBehind)
            return TextReadAgain(message);
        if (message.Texts == 1)
            return Text(message, message.FirstText);
        var texts = Enumerable.Range(message.FirstText, message.Texts).Select(i => Text(message, i));
        return string.Join('\n', texts.Where(text => !string.IsNullOrWhiteSpace(text)));
    }

    private string Text(HeldMessage message, int at) =>
        format.Clean(message, JsonText.Decode(_bytes.AsSpan(_texts[at].Start, _texts[at].Length)));

    private string TextReadAgain(HeldMessage message)
    {
        _wentBack = true;
        reading.Json.GoBack(message.Place);
        var alone = new HeldConversation(reading, format);
        var again = alone.Add();
        format.ReadMessage(alone, again);
        var text = alone.TextOf(again);
        message.Attachments = again.Attachments;
        return text;
    }

    private void Keep(ReadOnlySpan<byte> raw)
    {
        if (_used + raw.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + raw.Length));
        raw.CopyTo(_bytes.AsSpan(_used));
        _used += raw.Length;
    }
}
