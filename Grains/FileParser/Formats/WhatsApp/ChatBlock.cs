using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>A stretch of a chat that begins with a message and ends with one, so that it can be read for itself.</summary>
/// <param name="size">Bytes to begin with.</param>
internal sealed class ChatBlock(int size)
{
    private const int FewEntries = 256;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(size);
    private ChatEntry[] _entries = new ChatEntry[FewEntries];
    private int _filled;

    /// <summary>Where in the file it begins.</summary>
    public long Origin { get; set; }

    /// <summary>Its bytes, and those after it that are at hand.</summary>
    public ReadOnlySpan<byte> Filled => _bytes.AsSpan(0, _filled);

    /// <summary>Where there is room for more bytes.</summary>
    public Span<byte> Room => _bytes.AsSpan(_filled);

    /// <summary>For how many bytes there is room in all.</summary>
    public int Size => _bytes.Length;

    /// <summary>How long it is.</summary>
    public int Length { get; set; }

    /// <summary>Whether the file ends with it.</summary>
    public bool IsLast { get; set; }

    /// <summary>What its messages have in common.</summary>
    public ChatStyle Style { get; set; }

    /// <summary>Whether marks may be in its texts that are seldom in any.</summary>
    public bool HasRareMarks { get; set; }

    /// <summary>The header that it begins with.</summary>
    public MessageHeader FirstHeader { get; set; }

    /// <summary>When its first message was sent.</summary>
    public DateTime FirstTime { get; set; }

    /// <summary>How many messages of it were read.</summary>
    public int Count { get; private set; }

    /// <summary>Lines in it that look like a header and are none.</summary>
    public long OddHeaders { get; set; }

    /// <summary>Lines in it that are none only as they stand behind a bare LF.</summary>
    public long HeadersBehindLf { get; set; }

    /// <summary>One of its messages.</summary>
    public ref ChatEntry this[int index] => ref _entries[index];

    /// <summary>Begins it anew.</summary>
    /// <param name="origin">Where in the file it begins now.</param>
    /// <param name="bytes">Its first bytes; they may be its own.</param>
    public void Begin(long origin, ReadOnlySpan<byte> bytes)
    {
        (Origin, _filled, Length) = (origin, 0, 0);
        bytes.CopyTo(_bytes);
        _filled = bytes.Length;
    }

    /// <summary>Forgets its messages.</summary>
    public void Clear()
    {
        Array.Clear(_entries, 0, Count);
        Count = 0;
    }

    /// <summary>Takes bytes that were put into its room.</summary>
    public void Take(int bytes) => _filled += bytes;

    /// <summary>Doubles its room.</summary>
    public void Grow() => Array.Resize(ref _bytes, _bytes.Length * 2);

    /// <summary>Adds a message, of which nothing is known yet.</summary>
    public ref ChatEntry Add()
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        return ref _entries[Count++];
    }

    /// <summary>The text of a message, or before its author is known, what stands after its header.</summary>
    public ReadOnlySpan<byte> TextOf(in ChatEntry entry) => Filled[entry.TextStart..entry.TextEnd];

    /// <summary>What is wrong with a message; null where nothing is.</summary>
    public JsonFault? FaultOf(in ChatEntry entry)
    {
        var start = Origin + entry.Start;
        return entry.IsTooLong ? new("a message longer than the setting Parsing:MaxMessageBytes allows", start)
            : entry.IsNotUtf8 ? new("not UTF-8: save the file as UTF-8", start + Utf8Prefix.LengthOf(Filled[entry.Start..entry.TextEnd]))
            : null;
    }
}
