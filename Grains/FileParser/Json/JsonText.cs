using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>Turns what stands between a string's quotes into text.</summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Decodes UTF-8 whose escapes are known to be well formed; a lone surrogate becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        var escape = raw.IndexOf((byte)'\\');
        if (escape < 0)
            return Encoding.UTF8.GetString(raw);

        // A text has at most as many UTF-16 units as its escaped form has bytes.
        var rented = raw.Length <= 512 ? null : ArrayPool<char>.Shared.Rent(raw.Length);
        var units = rented ?? stackalloc char[512];
        var length = Unescape(raw, escape, units);
        var text = new string(units[..length]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    private static int Unescape(ReadOnlySpan<byte> raw, int escape, Span<char> units)
    {
        var length = 0;
        while (escape >= 0)
        {
            length += Encoding.UTF8.GetChars(raw[..escape], units[length..]);
            raw = raw[(escape + 1)..];
            if (raw[0] == (byte)'u')
                length += Unit(ref raw, units[length..]);
            else
            {
                units[length++] = Simple(raw[0]);
                raw = raw[1..];
            }

            escape = raw.IndexOf((byte)'\\');
        }

        return length + Encoding.UTF8.GetChars(raw, units[length..]);
    }

    /// <summary>Decodes \uXXXX, or two of them that form a pair; <paramref name="raw"/> begins behind the backslash.</summary>
    private static int Unit(ref ReadOnlySpan<byte> raw, Span<char> units)
    {
        var first = Hex(raw[1..5]);
        raw = raw[5..];
        units[0] = char.IsSurrogate(first) ? Replacement : first;
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
