using System.Buffers;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Finds out who wrote a message: what stands before the first colon, where that is a name.</summary>
internal sealed class AuthorLine
{
    private const int LongestName = 400;
    private const int MostWords = 12;
    private const int MostKnown = 100_000;
    private const int WordsOfMarked = 4;

    // What WhatsApp tells of a group can have a colon: "Ann changed the subject to: X". Words that stand before it.
    private static readonly string[] Notices =
    [
        "changed the subject", "changed the group", "security code", "end-to-end", "created group", "created this group", "hat den Betreff",
        "hat die Gruppe", "Ende-zu-Ende", "cambió el asunto", "cambió la descripción", "de extremo a extremo", "a changé le sujet",
        "a modifié", "de bout en bout", "ha cambiato l'oggetto", "ha cambiato la descrizione", "end-to-end", "mudou o assunto",
        "mudou o nome", "mudou a descrição", "ponta a ponta", "heeft het onderwerp", "сменил", "изменил", "сквозным шифрованием",
        "konuyu", "uçtan uca", "مشفرة", "مشفّرة", "מוצפנות", "שינה את", "שינתה את", "端到端", "端對端", "エンドツーエンド", "종단간",
    ];

    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„«»");

    private readonly Dictionary<string, string> _known = [];
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _knownByChars;
    private readonly List<(byte[] Raw, string Name)> _recent = [];

    /// <summary>Begins, knowing nobody.</summary>
    public AuthorLine() => _knownByChars = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Splits what follows a header into author and text.</summary>
    /// <param name="body">What follows.</param>
    /// <param name="textStart">Where the text begins.</param>
    /// <returns>The author; null where WhatsApp tells something itself.</returns>
    public string? Split(ReadOnlySpan<byte> body, out int textStart)
    {
        // Nearly always it is one of those who wrote last.
        for (var i = 0; i < _recent.Count; i++)
        {
            var (raw, name) = _recent[i];
            if (body.Length < raw.Length || !body.StartsWith(raw))
                continue;
            if (i > 0)
                (_recent[i - 1], _recent[i]) = (_recent[i], _recent[i - 1]);
            textStart = raw.Length;
            return name;
        }

        var line = body.IndexOf((byte)'\n') is >= 0 and var end ? body[..end] : body;
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        return SplitUnknown(line, out textStart);
    }

    private string? SplitUnknown(ReadOnlySpan<byte> line, out int textStart)
    {
        var colon = line.IndexOf(": "u8);
        var blank = 2;
        if (colon < 0)
        {
            colon = line.IndexOf((byte)':');
            blank = 1;
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

    private void Remember(ReadOnlySpan<byte> raw, string name)
    {
        const int Most = 8;
        if (_recent.Count == Most)
            _recent.RemoveAt(Most - 1);
        _recent.Insert(0, (raw.ToArray(), name));
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
            || (words > 2 && Notices.Any(notice => name.Contains(notice, StringComparison.OrdinalIgnoreCase)));
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
}
