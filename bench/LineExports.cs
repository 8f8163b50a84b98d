using System.Globalization;
using System.Text;

namespace ChatAnalysis.Bench;

/// <summary>Writes exports that are read line by line.</summary>
internal static class LineExports
{
    /// <summary>Signal's backup: people and a chat, then an item a line.</summary>
    public static void WriteSignal(string path, long bytes) => WriteLines(path, bytes, i => i switch
    {
        0 => """{"version":"1","backupTimeMs":"1700000000000"}""",
        1 => """{"account":{"givenName":"Me"}}""",
        2 => """{"recipient":{"id":"1","self":{}}}""",
        3 => """{"recipient":{"id":"2","contact":{"profileGivenName":"Ann"}}}""",
        4 => """{"chat":{"id":"7","recipientId":"2"}}""",
        _ => $$$$"""{"chatItem":{"chatId":"7","authorId":"{{{{1 + (i % 2)}}}}","dateSent":"{{{{Milliseconds(i)}}}}","incoming":{"dateReceived":"""
            + $$$$"""
            "{{{{Milliseconds(i)}}}}","read":true},"standardMessage":{"text":{"body":"{{{{ParsingExports.Phrase(i).Replace('"', '\'')}}}} {{{{i}}}}"},"reactions":[]}}}
            """,
    });

    /// <summary>Android's text of a chat, some messages of two lines.</summary>
    public static void WriteWhatsApp(string path, long bytes) => WriteLines(path, bytes, i =>
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(PlatformExports.FirstSecond + (i * 37L));
        var more = i % 10 == 0 ? "\n" + ParsingExports.Phrase(i + 3) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{time:dd/MM/yyyy, HH:mm} - Person {i % 5}: {ParsingExports.Phrase(i)} {i}{more}");
    });

    private static void WriteLines(string path, long bytes, Func<int, string> line)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        var written = 0L;
        for (var i = 0; written < bytes; i++)
        {
            var text = line(i);
            writer.Write(text);
            writer.Write('\n');
            written += text.Length + 1;
        }
    }

    private static long Milliseconds(int i) => (PlatformExports.FirstSecond + i) * 1000;
}
