using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Recognises a chat by its first lines.</summary>
internal static class ChatBeginning
{
    private const int ManyTold = 20;

    // A computer's log writes its lines so too; people have other names.
    private static readonly string[] Levels =
    [
        "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL", "ALERT", "EMERGENCY", "SEVERE", "VERBOSE",
    ];

    /// <summary>Whether a file is a chat: its first line begins as a message, and people write in it.</summary>
    public static bool IsChat(IReadOnlyList<string> lines)
    {
        var (people, log, marks, told, known, others) = (0, 0, 0, 0, 0, 0);
        HeaderStyle? style = null;
        var authors = new AuthorLine();
        foreach (var line in lines)
        {
            if (style is null && string.IsNullOrWhiteSpace(BidiMarks.Strip(line)))
                continue;
            var bytes = Encoding.UTF8.GetBytes(line);
            var isHeader = HeaderParser.TryParse(bytes.AsSpan(0, Math.Min(bytes.Length, HeaderParser.LongestHeader)), out var header)
                && (style is null || style == header.Style);
            if (style is null && !isHeader)
                return false;
            style ??= header.Style;
            if (!isHeader)
            {
                others++;
                continue;
            }

            if (line.AsSpan().IndexOfAny('\u200E', '\u200F') >= 0)
                marks++;
            if (authors.Split(bytes.AsSpan(header.Length), out _) is not { } name)
            {
                var notice = Encoding.UTF8.GetString(bytes.AsSpan(header.Length));
                told++;
                known += GroupNotice.IsIn(notice) ? 1 : 0;
                log += IsLevel(notice.Split(' ', 2)[0].Trim('[', ']', ':')) ? 1 : 0;
                continue;
            }

            if (IsLevel(name[(name.LastIndexOf('.') + 1)..]))
                log++;
            else
                people++;
        }

        // A large group begins with those who came, one a line, before anybody writes. Dates as computers write them are not enough then.
        var isGroup = known > 0 || (told >= ManyTold && told > 4 * others && style is { YearFirst: false, End: not HeaderEnd.Colon });
        return log == 0 ? people + marks > 0 || isGroup : people > 4 * log && marks > 0;
    }

    private static bool IsLevel(string word) => Levels.Contains(word, StringComparer.OrdinalIgnoreCase);
}
