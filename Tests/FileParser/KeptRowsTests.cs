using System.Text;
using ChatAnalysis.Grains.FileParser;

namespace ChatAnalysis.Tests.FileParser;

public sealed class KeptRowsTests
{
    private static readonly ParsingOptions Keep = new() { OnDamage = OnDamage.Keep };

    [Theory]
    [InlineData("Ann,2025-03-04")]
    [InlineData("Ann,2025-03-04,a,b")]
    [InlineData("Ann,2025-03-04,\"a\"b")]
    public void A_row_that_is_damaged_is_skipped_and_the_others_are_read(string row)
    {
        var export = Kept(Encoding.UTF8.GetBytes($"author,timestamp,text\nAnn,2025-03-04,one\n{row}\nBo,2025-03-04,two\n{row}\nBo,2025-03-04,\"th\nree\"\n"));
        Assert.Equal(["one", "two", "th\nree"], export.Texts());
        Assert.Equal(2, export.Report().Skipped["damaged"]);
        var warning = Assert.Single(export.Report().Warnings);
        Assert.StartsWith("rows[1], line 3, byte 41: ", warning, StringComparison.Ordinal);
        Assert.EndsWith("; it was skipped, as was what is damaged in 1 more places", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_damage_the_row_that_they_stand_in()
    {
        byte[] bad = [.. "Ann,2025-03-04,caf"u8, 0xE9, 0xE8, .. "\n"u8];
        var good = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Ann,2025-03-04,\"aä日😀\"\n", 2000)));
        var export = Kept([.. "author,timestamp,text\n"u8, .. good, .. bad, .. good, .. bad, .. bad, .. good]);
        var messages = ChatFile.Read(export.Open().Survey(), 0).ToList();
        Assert.Equal(6000, messages.Count);
        Assert.All(messages, message => Assert.Equal("aä日😀", message.Text));
        Assert.Equal(3, export.Open().Survey().Report!.Skipped["damaged"]);
    }

    [Fact]
    public void A_quote_that_is_never_closed_ends_the_table()
    {
        var export = Kept("author,timestamp,text\nAnn,2025-03-04,one\nAnn,2025-03-04,\"two\nAnn,2025-03-04,three\n"u8.ToArray());
        Assert.Equal(["one"], export.Texts());
        Assert.EndsWith("; what follows there was not read", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    private static TestExport Kept(byte[] table) => new TestExport { Parsing = Keep }.With("", table);
}
