using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Formats.Csv;

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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void A_row_of_nothing_but_wrong_bytes_takes_hardly_more_memory_than_itself(int apart)
    {
        const int length = 4 << 20;
        var bytes = Enumerable.Range(0, length).Select(i => i % apart == 0 ? (byte)0xFF : (byte)'a').ToArray();
        using var stream = new CheckedUtf8Stream(new ChoppedBytes(bytes), goesOn: true, from: 0);
        var buffer = new byte[10_000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (stream.Read(buffer) > 0)
        {
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2 * length);
        for (var at = 0; at < length - apart; at += 1 + (at / 3))
            Assert.Equal(((at + apart - 1) / apart * apart, null), ((int)stream.ReplacedIn(at, length)!.Value, stream.ReplacedIn(at, at)));
    }

    [Fact]
    public void A_quote_that_is_never_closed_ends_the_table()
    {
        var export = Kept("author,timestamp,text\nAnn,2025-03-04,one\nAnn,2025-03-04,\"two\nAnn,2025-03-04,three\n"u8.ToArray());
        Assert.Equal(["one"], export.Texts());
        Assert.EndsWith("; what follows there was not read", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_row_has_no_say_in_how_dates_are_read()
    {
        var export = Kept("author,timestamp,text\nAnn,25/03/2025 14:05,x,y\nAnn,4/3/2025 14:05,one\nAnn,4/13/2025 14:05,two\n"u8.ToArray());
        Assert.Equal([(4, 3), (4, 13)], export.Messages().Select(message => (message.SentAt!.Value.Month, message.SentAt.Value.Day)));
    }

    private static TestExport Kept(byte[] table) => new TestExport { Parsing = Keep }.With("", table);
}
