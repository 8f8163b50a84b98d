using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>What ends a message: LF on Android, CRLF on iOS, where a bare LF is within a message.</summary>
public sealed class WhatsAppLineEndTests
{
    private static readonly DateTime Day = new(2025, 3, 4, 14, 5, 9);

    [Theory]
    [InlineData(60, 1000)]
    [InlineData(22, 3)]
    [InlineData(3000, 1)]
    [InlineData(3000, 3)]
    [InlineData(3000, 6000)]
    public void Where_a_chat_goes_on_with_LF_its_messages_are_read_still(int crLf, int lf)
    {
        var text = Chat(WhatsAppExport.Ios, "\r\n", 0, crLf) + Chat(WhatsAppExport.Ios, "\n", crLf, lf);
        Assert.Equal(Enumerable.Range(0, crLf + lf).Select(i => $"message {i}"), TestExport.Of(text).Texts());
        Assert.Empty(TestExport.Of(text).Report().Warnings);
    }

    [Fact]
    public void One_message_that_ends_in_CRLF_decides_nothing()
    {
        const string yearFirst = "{0:yyyy'/'MM'/'dd, HH:mm} - {1}";
        Assert.Equal(1001, TestExport.Of(Chat(yearFirst, "\r\n", 0, 1) + Chat(yearFirst, "\n", 1, 1000)).Report().Messages);
    }

    [Fact]
    public void Headers_behind_a_bare_LF_that_are_kept_as_text_are_told()
    {
        var text = Chat(WhatsAppExport.Ios, "\r\n", 0, 50) + Chat(WhatsAppExport.Ios, "\n", 50, 3)
            + Chat(WhatsAppExport.Ios, "\r\n", 53, 50);
        var report = TestExport.Of(text).Report();
        Assert.Equal(100, report.Messages);
        Assert.StartsWith("3 lines look like the beginning of a message", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Contains("bare line feed", report.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_without_headers_stays_one_message()
    {
        var text = string.Concat(Enumerable.Repeat("a line of it\n", 20_000)) + "end";
        var export = new WhatsAppExport { Header = WhatsAppExport.Ios, LineEnd = "\r\n" };
        for (var i = 0; i < 20; i++)
            export.Add(Day, "Ann", "hi");
        Assert.Equal(text, export.Add(Day, "Ann", text).Add(Day, "Ann", "yes").Export().Texts()[20]);
    }

    [Fact]
    public void A_chat_whose_lines_end_in_CR_alone_is_refused()
    {
        var error = TestExport.Of(Chat(WhatsAppExport.Android, "\r", 0, 3)).Refusal();
        Assert.Equal(FileErrorKind.Damaged, error.Kind);
        Assert.Contains("CR alone", error.Detail, StringComparison.Ordinal);
        Assert.Equal(["a\rb"], TestExport.Of("04/03/2025, 14:05 - Ann: a\rb").Texts());
    }

    private static string Chat(string header, string lineEnd, int first, int count)
    {
        var export = new WhatsAppExport { Header = header, LineEnd = lineEnd };
        for (var i = first; i < first + count; i++)
            export.Add(Day.AddMinutes(i), i % 3 == 0 ? "Ann" : "Bob", $"message {i}");
        return export.ToString();
    }
}
