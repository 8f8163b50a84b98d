using System.Buffers;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// The marks that ChatGPT leaves in its answers where its pages show a link: <c>【12†L3-L5】</c>, and characters of the private use
/// area, U+E200 … U+E201 around a reference.
/// </summary>
internal static class CitationMarks
{
    private const char Open = '\uE200';
    private const char Close = '\uE201';
    private const char Single = '\uE202';

    private static readonly SearchValues<char> Marks =
        SearchValues.Create(['【', Open, Close, Single, '\uE203', '\uE204', '\uE205', '\uE206']);

    private static readonly SearchValues<char> Brackets = SearchValues.Create(['【', '】']);
    private static readonly SearchValues<char> Ends = SearchValues.Create([Open, Close]);

    /// <summary>Whether a character may begin a mark.</summary>
    public static bool MayBegin(Rune rune) => rune.IsBmp && Marks.Contains((char)rune.Value);

    /// <summary>The text without its marks.</summary>
    public static string Strip(string text)
    {
        var first = text.AsSpan().IndexOfAny(Marks);
        if (first < 0)
            return text;
        var kept = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Marks) is >= 0 and var at)
        {
            kept.Append(rest[..at]);
            var length = LengthOf(rest[at..]);
            if (length == 0)
                kept.Append(rest[at]);
            rest = rest[(at + Math.Max(length, 1))..];
        }

        return kept.Append(rest).ToString();
    }

    /// <summary>How long the mark is that a text begins with; 0 where that is none. The search ends at the next mark, so it is short.</summary>
    private static int LengthOf(ReadOnlySpan<char> text)
    {
        switch (text[0])
        {
            case '【':
                var end = text[1..].IndexOfAny(Brackets) + 1;
                return end > 0 && text[end] == '】' && text[..end].Contains('†') ? end + 1 : 0;
            case Open:
                var close = text[1..].IndexOfAny(Ends) + 1;
                return close > 0 && text[close] == Close ? close + 1 : 1;
            case Single:
                // One reference that stands without the two around it: turn0search1.
                var length = 1;
                while (length < text.Length && char.IsAsciiLetterOrDigit(text[length]))
                    length++;
                return length;
            default:
                return 1;
        }
    }
}
