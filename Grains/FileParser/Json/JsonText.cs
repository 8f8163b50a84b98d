using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>Turns what stands between a string's quotes into text.</summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';
    private const int MinUnits = 4096;
    private const int MaxUnitsKept = 64 * 1024;

    private static readonly SearchValues<byte> Plainest =
        SearchValues.Create([.. Enumerable.Range(0, 0x80).Where(value => value != '\\').Select(value => (byte)value)]);

    // Where texts are put together before their length is known; given up where a text made it large.
    [ThreadStatic]
    private static char[]? Scratch;

    // The rests that JsonScanner.Tolerant lets pass. No text can hold them: they are no UTF-8.
    private static ReadOnlySpan<byte> StrayOf2028 => [0x80, 0xA8];

    private static ReadOnlySpan<byte> StrayOf2029 => [0x80, 0xA9];

    /// <summary>Decodes UTF-8 whose escapes are known to be well formed; a lone surrogate becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (!raw.ContainsAnyExcept(Plainest))
            return Encoding.Latin1.GetString(raw);

        // A text has at most as many UTF-16 units as its escaped form has bytes.
        if (Scratch is null || Scratch.Length < raw.Length)
            Scratch = new char[Math.Max(MinUnits, raw.Length)];
        var length = Unescape(raw, Scratch);
        var text = new string(Scratch, 0, length);
        if (Scratch.Length > MaxUnitsKept)
            Scratch = null;
        return text;
    }

    /// <summary>The UTF-8 that escaped UTF-8 stands for: itself, where nothing is escaped, as times and numbers hardly ever are.</summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> raw) =>
        raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(Decode(raw)) : raw;

    private static int Unescape(ReadOnlySpan<byte> raw, Span<char> units)
    {
        var length = 0;
        while (raw.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            length += Transcode(raw[..escape], units[length..]);
            raw = raw[(escape + 1)..];
            if (raw[0] == (byte)'u')
                length += Unit(ref raw, units[length..]);
            else if (raw[0] == (byte)'x')
            {
                units[length++] = Utf8Parser.TryParse(raw[1..3], out byte value, out _, 'x') ? (char)value : Replacement;
                raw = raw[3..];
            }
            else
            {
                units[length++] = Simple(raw[0]);
                raw = raw[1..];
            }
        }

        return length + Transcode(raw, units[length..]);
    }

    private static int Transcode(ReadOnlySpan<byte> raw, Span<char> units)
    {
        Utf8.ToUtf16(raw, units, out _, out var written);
        return written;
    }

    /// <summary>Decodes \uXXXX, or two of them that form a pair; <paramref name="raw"/> begins behind the backslash.</summary>
    private static int Unit(ref ReadOnlySpan<byte> raw, Span<char> units)
    {
        var first = Hex(raw[1..5]);
        raw = raw[5..];
        units[0] = char.IsSurrogate(first) ? Replacement : first;
        if (first is '\u2028' or '\u2029' && raw.StartsWith(first == '\u2028' ? StrayOf2028 : StrayOf2029))
            raw = raw[StrayOf2028.Length..];
        if (!char.IsHighSurrogate(first) || !raw.StartsWith("\\u"u8) || !char.IsLowSurrogate(Hex(raw[2..6])))
            return 1;
        units[0] = first;
        units[1] = Hex(raw[2..6]);
        raw = raw[6..];
        return 2;
    }

    private static char Hex(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out ushort value, out _, 'x') ? (char)value : Replacement;

    private static char Simple(byte letter) => (char)letter switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var self => self,
    };
}
