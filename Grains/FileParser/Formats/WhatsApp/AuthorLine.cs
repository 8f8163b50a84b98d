using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Finds out who wrote a message: what stands before the first colon, where that is a name.</summary>
internal sealed class AuthorLine
{
    private const int LongestName = 400;
    private const int MostWords = 12;
    private const int MostKnown = 100_000;
    private const int WordsOfMarked = 4;
    private const int Recent = 256;

    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„«»");

    private readonly Dictionary<string, string> _known = [];
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _knownByChars;

    // By the last letters of the name: telephone numbers begin alike.
    private readonly Written?[] _recent = new Written?[Recent];

    /// <summary>Begins, knowing nobody.</summary>
    public AuthorLine() => _knownByChars = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds an author who wrote before. May be asked while others ask, and one splits.</summary>
    /// <param name="body">What follows a header.</param>
    /// <param name="textStart">Where the text begins.</param>
    /// <returns>The author; null where it takes <see cref="Split"/> to tell.</returns>
    public string? Find(ReadOnlySpan<byte> body, out int textStart)
    {
        textStart = 0;
        if (body.IndexOf((byte)':') is not (> 0 and var colon) || _recent[PlaceOf(body, colon)] is not { } recent
            || recent.Raw.Length != colon + 2 || !body.StartsWith(recent.Raw))
            return null;
        textStart = recent.Raw.Length;
        return recent.Name;
    }

    /// <summary>Splits what follows a header into author and text. To be asked in the chat's order.</summary>
    /// <param name="body">What follows.</param>
    /// <param name="textStart">Where the text begins.</param>
    /// <returns>The author; null where WhatsApp tells something itself.</returns>
    public string? Split(ReadOnlySpan<byte> body, out int textStart)
    {
        var line = body.IndexOf((byte)'\n') is >= 0 and var end ? body[..end] : body;
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        return Find(line, out textStart) ?? SplitUnknown(line, out textStart);
    }

    private string? SplitUnknown(ReadOnlySpan<byte> line, out int textStart)
    {
        var colon = line.IndexOf(": "u8);
        var blank = 2;
        var first = line.IndexOf((byte)':');
        if (colon < 0)
            (colon, blank) = (first, 1);
        else if (first < colon && Known(line, colon) is null && Known(line, first) is { } before)
        {
            // Somebody who wrote before; the second colon is the text's.
            textStart = first + 1;
            return before;
        }

        textStart = colon + blank;
        if (colon <= 0 || colon > LongestName)
            return null;
        var written = Encoding.UTF8.GetString(line[..colon]);
        var name = Clean(written);
        if (name.Length == 0)
            return null;
        if (!_knownByChars.TryGetValue(name, out var known))
        {
            if (blank == 1 ? !MayBeginText(line, colon, name) : IsNotice(written, name))
                return null;
            known = name;
            if (_known.Count < MostKnown)
                _known[name] = name;
        }

        if (blank == 2)
            Remember(line[..textStart], known);
        return known;
    }

    private string? Known(ReadOnlySpan<byte> line, int colon) =>
        colon is > 0 and <= LongestName ? _known.GetValueOrDefault(Clean(Encoding.UTF8.GetString(line[..colon]))) : null;

    private void Remember(ReadOnlySpan<byte> raw, string name)
    {
        if (raw.IndexOf((byte)':') == raw.Length - 2)
            _recent[PlaceOf(raw, raw.Length - 2)] = new(raw.ToArray(), name);
    }

    private static int PlaceOf(ReadOnlySpan<byte> body, int colon)
    {
        var letters = 0UL;
        if (colon >= sizeof(ulong))
            letters = BinaryPrimitives.ReadUInt64LittleEndian(body[(colon - sizeof(ulong))..]);
        else
            foreach (var letter in body[..colon])
                letters = (letters << 8) | letter;
        return (int)((letters * 0x9E37_79B9_7F4A_7C15) >> 56);
    }

    /// <summary>Whether a text may begin right after a colon: not in a time of day, a link, or a name that somebody quotes.</summary>
    private static bool MayBeginText(ReadOnlySpan<byte> line, int colon, string name) =>
        colon + 1 == line.Length
        || BidiMarks.LengthOfBlank(line[(colon + 1)..]) > 0
        || (line[colon + 1] is not ((byte)'/' or (>= (byte)'0' and <= (byte)'9'))
            && name.AsSpan().IndexOfAny(Quotes) < 0 && Words(name) <= WordsOfMarked && !IsNotice(name, name));

    /// <summary>Whether what stands before a colon is no name.</summary>
    private static bool IsNotice(string written, string name)
    {
        var words = Words(name);
        return words > MostWords || (words > WordsOfMarked && BidiMarks.IsGenerated(written[0]))
            || GroupNotice.IsIn(name) || (words > 2 && GroupNotice.BreaksOffInQuotes(name));
    }

    private static int Words(string name) => 1 + name.AsSpan().Count(' ');

    /// <summary>A name without marks, and without the tilde of those who are in nobody's contacts.</summary>
    private static string Clean(string written)
    {
        var name = BidiMarks.Strip(written).Replace('\u00A0', ' ').Replace('\u202F', ' ').Trim();
        return name.StartsWith("~ ", StringComparison.Ordinal) ? name[2..].TrimStart()
            : name.StartsWith('~') && name.Length > 1 ? name[1..]
            : name;
    }

    /// <summary>A name, and how it stands before texts.</summary>
    private sealed record Written(byte[] Raw, string Name);
}
