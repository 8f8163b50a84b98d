using System.Buffers;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Reads the text of a message: what a person wrote, and what WhatsApp wrote in its place or at its end.</summary>
/// <remarks>
/// iOS, and Android before a file's name, put U+200E before what they write themselves, whatever the language. Only where there is no
/// mark the words have to be known. People who write from right to left begin texts with marks too, U+200F above all.
/// </remarks>
internal static class MessageText
{
    private const string MediaOnly = "media only";
    private const string SystemMessage = "system message";
    private const int LongestPhrase = 80;
    private const int LongestFileName = 300;

    private static readonly SearchValues<byte> Signs = SearchValues.Create([0xE2, (byte)'\r', (byte)')', (byte)'>']);

    // Marks that begin as many letters do, Arabic ones and Chinese signs: to stop at each of those would cost more than the rest.
    private static ReadOnlySpan<byte> ArabicMark => [0xD8, 0x9C];

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the text that stands after an author.</summary>
    /// <param name="utf8">The text, without the end of its last line.</param>
    /// <param name="end">How the chat's headers end: Android's.</param>
    public static MessageContent Read(ReadOnlySpan<byte> utf8, HeaderEnd end) => Read(Encoding.UTF8.GetString(utf8), end);

    /// <summary>Whether a stretch of a chat has one of the marks that are not looked for in each of its texts.</summary>
    public static bool HasRareMarks(ReadOnlySpan<byte> chat) => chat.IndexOf(ArabicMark) >= 0 || chat.IndexOf(ByteOrderMark) >= 0;

    /// <summary>Whether a text is what it is: no mark, no file, no phrase, no odd end of line, no spaces around it.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="mayHaveRareMarks">What <see cref="HasRareMarks"/> says of what it is from.</param>
    public static bool IsPlain(ReadOnlySpan<byte> utf8, bool mayHaveRareMarks)
    {
        if (utf8.Length == 0 || IsSpace(utf8[0]) || IsSpace(utf8[^1]) || WrittenByWhatsApp.MayBe(utf8)
            || (mayHaveRareMarks && HasRareMarks(utf8)))
            return false;
        for (var rest = utf8; rest.IndexOfAny(Signs) is >= 0 and var at; rest = rest[(at + 3)..])
        {
            // Marks begin with E2 80 and E2 81, odd spaces too; dashes and quotation marks are between those of E2 80.
            if (rest[at] != 0xE2 || rest.Length < at + 3 || rest[at + 1] == 0x81
                || (rest[at + 1] == 0x80 && rest[at + 2] is not (>= 0x90 and <= 0xA7)))
                return false;
        }

        return true;
    }

    // A space beyond ASCII begins and ends with a byte that is not of ASCII: such texts take the long way.
    private static bool IsSpace(byte value) => value is <= (byte)' ' or 0x80 or 0x85 or 0xA0 or 0xC2 or 0xE1 or 0xE3;

    private static MessageContent Read(string written, HeaderEnd end)
    {
        if (written.Contains('\r'))
            written = written.Replace("\r\n", "\n", StringComparison.Ordinal);
        var mark = written.Length > 0 && BidiMarks.IsGenerated(written[0]) ? written[0] : '\0';
        var generated = mark != '\0';
        var edited = CutEdited(ref written);
        var attachments = CutAttachment(ref written, ref generated);
        var omitted = CutOmitted(ref written, ref generated);
        generated &= mark == '\u200E' && (end != HeaderEnd.Dash || attachments is not null || omitted);
        var text = BidiMarks.Strip(written).Trim();
        if (text.Length == 0)
            return new MessageContent("", attachments is null && !omitted ? "empty text" : MediaOnly);
        if (text.Length <= LongestPhrase)
        {
            if (WrittenByWhatsApp.IsDeleted(text))
                return new MessageContent("", "deleted message");
            if (WrittenByWhatsApp.IsOmitted(text))
                return new MessageContent("", MediaOnly);
        }

        return generated && !IsSharedByAPerson(written, text)
            ? new MessageContent("", attachments is null && !omitted ? SystemMessage : MediaOnly)
            : new MessageContent(text, null, attachments, edited);
    }

    /// <summary>Cuts &lt;This message was edited&gt; off the end: what is marked, or known.</summary>
    private static bool CutEdited(ref string written)
    {
        var end = written.AsSpan().TrimEnd();
        if (end is not [.., '>'] || end.LastIndexOf('<') is not (>= 0 and var start)
            || end.Length - start > LongestPhrase)
            return false;
        var phrase = BidiMarks.Strip(end[start..].ToString());
        var marked = start > 1 && BidiMarks.IsGenerated(end[start - 1]) && !phrase.AsSpan().ContainsAny(':', '：')
            && !WrittenByWhatsApp.IsOmitted(phrase);
        if (!marked && !WrittenByWhatsApp.IsEdited(phrase))
            return false;
        written = end[..start].ToString().TrimEnd('\u200E', '\u200F', ' ', '\n');
        return true;
    }

    /// <summary>Cuts <c>&lt;attached: NAME&gt;</c> (iOS) or the line <c>NAME (file attached)</c> (Android).</summary>
    private static List<string>? CutAttachment(ref string written, ref bool generated)
    {
        var end = written.TrimEnd();
        if (end.EndsWith('>') && end.LastIndexOf('<') is >= 0 and var start)
        {
            var inside = end[(start + 1)..^1];
            var colon = inside.AsSpan().IndexOfAny(':', '：');
            if (colon > 0 && BidiMarks.Strip(inside[(colon + 1)..]).Trim() is { Length: > 0 and <= LongestFileName } name
                && name.Contains('.')
                && (WrittenByWhatsApp.IsAttached(BidiMarks.Strip(inside[..colon]).Trim())
                    || (start > 0 && BidiMarks.IsGenerated(end[start - 1])) || IsNameByWhatsApp(name)))
            {
                written = end[..start].TrimEnd('\u200E', '\u200F', ' ', '\n');
                generated &= written.Length > 0;
                return [name];
            }
        }

        var lineEnd = written.IndexOf('\n') is >= 0 and var newline ? newline : written.Length;
        var first = BidiMarks.Strip(written[..lineEnd]).Trim();
        if (!first.EndsWith(')') || first.Length > LongestFileName
            || first.LastIndexOf(" (", StringComparison.Ordinal) is not (> 0 and var words)
            || !HasExtension(first.AsSpan(0, words)))
            return null;
        if (!generated && !WrittenByWhatsApp.IsAttached(first[(words + 2)..^1]) && !IsNameByWhatsApp(first))
            return null;

        // What follows is what the sender wrote below it.
        generated = false;
        written = lineEnd == written.Length ? "" : written[(lineEnd + 1)..];
        return [first[..words]];
    }

    /// <summary>Cuts what stands for media: iOS puts it behind a caption, with a mark; Android on a line before.</summary>
    private static bool CutOmitted(ref string written, ref bool generated)
    {
        if (written.IndexOf('\n') is > 0 and <= LongestPhrase and var end
            && BidiMarks.Strip(written[..end]).Trim() is var first
            && (generated || first.StartsWith('<')) && WrittenByWhatsApp.IsOmitted(first))
        {
            generated = false;
            written = written[(end + 1)..];
            return true;
        }

        var mark = written.AsSpan().LastIndexOfAny('\u200E', '\u200F');
        if (mark < 0 || written.Length - mark > LongestPhrase || !WrittenByWhatsApp.IsOmitted(written[(mark + 1)..].Trim()))
            return false;
        written = written[..mark].TrimEnd();
        generated &= written.Length > 0;
        return true;
    }

    /// <summary>Whether a text that begins with a mark is still a person's: a poll, an event, a place, or a call on somebody.</summary>
    private static bool IsSharedByAPerson(string written, string text)
    {
        var line = text.AsSpan();
        if (line.IndexOf('\n') is >= 0 and var end)
            return line[..end].Contains(':');
        return text[0] == '@'
            || line.Contains("://maps.", StringComparison.Ordinal) || line.Contains("://foursquare.com", StringComparison.Ordinal)
            || (written.Length > 1 && BidiMarks.Is(written[1]) && !BidiMarks.IsGenerated(written[1]));
    }

    private static bool HasExtension(ReadOnlySpan<char> name) =>
        name.LastIndexOf('.') is > 0 and var dot && name.Length - dot is >= 2 and <= 9 && name[(dot + 1)..].IndexOf(' ') < 0;

    /// <summary>IMG-20240304-WA0001.jpg, 00000042-PHOTO-2024-03-04-14-05-09.jpg.</summary>
    private static bool IsNameByWhatsApp(string name)
    {
        var parts = name.Split('-', 4);
        return parts.Length >= 3
            && ((parts[0].Length == 3 && parts[1].Length == 8 && parts[1].All(char.IsAsciiDigit)
                    && parts[2].StartsWith("WA", StringComparison.Ordinal))
                || (parts[0].Length == 8 && parts[0].All(char.IsAsciiDigit) && parts[1].All(char.IsAsciiLetterUpper)));
    }
}
