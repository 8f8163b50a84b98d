using System.Globalization;

namespace ChatAnalysis.Grains.Embedding.Tokenizer;

/// <summary>
/// BERT's uncased normalisation, character by character: its class, and what replaces it (NFD without accents, in lower case).
/// The table is our own (unicode.txt, written by unicode.pl), so that tokens depend on no library of the machine.
/// </summary>
/// <remarks>
/// Character by character is enough: NFD's reordering moves accents only, which are removed, and marks that are in no vocabulary,
/// whose word is unknown in any order.
/// </remarks>
internal sealed class UnicodeTable
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;
    private const int ClassShift = 24;
    private const int ReplacementMask = (1 << ClassShift) - 1;
    private const string WhiteSpace =
        "\t\n\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005" +
        "\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private const int FirstHangul = 0xAC00, LastHangul = 0xD7A3;

    // A cell is a class and a replacement, 0 where the character stands for itself.
    private readonly int[][] _pages = new int[0x110000 >> PageBits][];
    private readonly HashSet<int> _owned = [];
    private readonly Dictionary<int, int[]> _several = [];

    private UnicodeTable(TextReader lines)
    {
        // Large ranges are pages of one class: they share one.
        var uniform = Enum.GetValues<CharacterClass>().Select(UniformPage).ToArray();
        Array.Fill(_pages, uniform[(int)CharacterClass.Word]);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (line[space + 1] == '>')
                _several.Add(Hex(line.AsSpan(0, space)), [.. line[(space + 3)..].Split(' ').Select(part => Hex(part))]);
            else if (char.IsAsciiLetter(line[space + 1]))
                SetClass(line.AsSpan(0, space), ClassNamed(line[(space + 1)..]), uniform);
            else
                SetReplacement(line.AsSpan(0, space), int.Parse(line.AsSpan(space + 1), CultureInfo.InvariantCulture));
        }

        foreach (var character in _several.Keys)
            Cell(character) = (int)CharacterClass.Several << ClassShift;
        foreach (var character in WhiteSpace)
            Cell(character) = (int)CharacterClass.Space << ClassShift;
        for (var c = 0; c < 128; c++)
        {
            if (char.IsAsciiLetterUpper((char)c))
                Cell(c) = c + ('a' - 'A');
            else if (char.IsPunctuation((char)c) || char.IsSymbol((char)c))
                Cell(c) = (int)CharacterClass.Punctuation << ClassShift;
            else if (char.IsControl((char)c) && Cell(c) == 0)
                Cell(c) = (int)CharacterClass.Removed << ClassShift;
        }
    }

    /// <summary>The table; read once, in a few milliseconds.</summary>
    public static UnicodeTable Shared { get; } = Read();

    /// <summary>The class of a character, and what replaces it unless its class is <see cref="CharacterClass.Several"/>.</summary>
    public CharacterClass ClassOf(int character, out int replacement)
    {
        var cell = _pages[character >> PageBits][character & (PageSize - 1)];
        replacement = cell & ReplacementMask;
        if (replacement == 0)
            replacement = character;
        return character is >= FirstHangul and <= LastHangul ? CharacterClass.Several : (CharacterClass)(cell >> ClassShift);
    }

    /// <summary>What a character of the class <see cref="CharacterClass.Several"/> stands for.</summary>
    /// <param name="character">The character.</param>
    /// <param name="parts">Room for three.</param>
    /// <returns>How many there are.</returns>
    public int Decompose(int character, Span<int> parts)
    {
        if (_several.TryGetValue(character, out var found))
        {
            found.CopyTo(parts);
            return found.Length;
        }

        // A Hangul syllable: leading consonant, vowel, and a trailing consonant or none (The Unicode Standard, section 3.12).
        const int trailing = 28, vowels = 21;
        var syllable = character - FirstHangul;
        parts[0] = 0x1100 + syllable / (vowels * trailing);
        parts[1] = 0x1161 + syllable % (vowels * trailing) / trailing;
        parts[2] = 0x11A7 + syllable % trailing;
        return syllable % trailing == 0 ? 2 : 3;
    }

    private static UnicodeTable Read()
    {
        using var stream = typeof(UnicodeTable).Assembly.GetManifestResourceStream("ChatAnalysis.Grains.Embedding.Tokenizer.unicode.txt")!;
        using var reader = new StreamReader(stream);
        return new UnicodeTable(reader);
    }

    private static int[] UniformPage(CharacterClass @class)
    {
        var page = new int[PageSize];
        Array.Fill(page, (int)@class << ClassShift);
        return page;
    }

    private static CharacterClass ClassNamed(string name) => name switch
    {
        "removed" => CharacterClass.Removed,
        // CJK is written without spaces: every ideograph is a word, as punctuation is.
        "punctuation" or "ideograph" => CharacterClass.Punctuation,
        _ => throw new InvalidDataException($"unicode.txt names a class {name}"),
    };

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void SetClass(ReadOnlySpan<char> range, CharacterClass @class, int[][] uniform)
    {
        var dash = range.IndexOf('-');
        var (first, last) = (Hex(range[..dash]), Hex(range[(dash + 1)..]));
        for (var c = first; c <= last; c++)
        {
            if ((c & (PageSize - 1)) == 0 && c + PageSize - 1 <= last)
            {
                _pages[c >> PageBits] = uniform[(int)@class];
                c += PageSize - 1;
            }
            else
            {
                Cell(c) = (int)@class << ClassShift;
            }
        }
    }

    private void SetReplacement(ReadOnlySpan<char> range, int delta)
    {
        int dash = range.IndexOf('-'), slash = range.IndexOf('/');
        var (first, last, step) = (Hex(range[..dash]), Hex(range[(dash + 1)..slash]), range[slash + 1] - '0');
        for (var c = first; c <= last; c += step)
            Cell(c) |= c + delta;
    }

    /// <summary>A cell to write to, in a page of its own.</summary>
    private ref int Cell(int character)
    {
        ref var page = ref _pages[character >> PageBits];
        if (_owned.Add(character >> PageBits))
            page = (int[])page.Clone();

        return ref page[character & (PageSize - 1)];
    }
}
