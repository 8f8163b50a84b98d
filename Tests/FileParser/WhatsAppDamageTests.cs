using System.IO.Compression;
using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Formats.WhatsApp;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.FileParser.Archives;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Chats that are broken, or cut into blocks to be read.</summary>
public sealed class WhatsAppDamageTests
{
    private static readonly ParsingOptions Keep = new() { OnDamage = OnDamage.Keep };
    private static readonly DateTime Day = new(2025, 3, 4, 14, 5, 9);

    private static string[] Said => [.. Enumerable.Range(0, 5000).Select(i => $"message {i} {i * 7919} {i * 104729}")];

    [Fact]
    public void A_byte_that_is_no_UTF8_is_told_with_its_place()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("04/03/2025, 14:05 - Ann: hi\n04/03/2025, 14:05 - Ann: caf"), 0xE9, (byte)'\n'];
        var error = new TestExport().With("", bytes).Refusal();
        Assert.Equal((FileErrorKind.Damaged, "messages[1], line 2, byte 56"), (error.Kind, error.Place));
        Assert.Contains("UTF-8", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_around_a_damaged_message_is_read_where_the_setting_says_so()
    {
        var export = new WhatsAppExport();
        for (var i = 0; i < 100; i++)
            export.Add(Day.AddMinutes(i), "Ann", i % 10 == 3 ? $"caf#\n{new string('x', i)}" : $"é {i}");
        var bytes = Encoding.UTF8.GetBytes(export.ToString());
        bytes.AsSpan().Replace((byte)'#', (byte)0xE9);
        var kept = new TestExport { Parsing = Keep }.With("", bytes);
        Assert.Equal(Enumerable.Range(0, 100).Where(i => i % 10 != 3).Select(i => $"é {i}"), kept.Texts());
        Assert.Equal(10, kept.Report().Skipped["damaged"]);
        Assert.Equal(
            "messages[3], line 4, byte 118: not UTF-8: save the file as UTF-8; it was skipped, as was what is damaged in 9 more places",
            Assert.Single(kept.Report().Warnings, warning => warning.Contains("UTF-8", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_stands_around_a_message_that_is_too_long_is_read_where_the_setting_says_so()
    {
        var text = new WhatsAppExport().Add(Day, "Ann", "one");
        foreach (var length in (int[])[1100, 3000, 50_000])
            text.Add(Day, "Ann", string.Concat(Enumerable.Repeat("é: and on\n", length / 10))).Add(Day, "Bob", $"behind {length}");
        var export = new TestExport { Parsing = new ParsingOptions { OnDamage = OnDamage.Keep, MaxMessageBytes = 1024 } }.With("", text.ToString());
        Assert.Equal(["one", "behind 1100", "behind 3000", "behind 50000"], export.Texts());
        Assert.Equal(3, export.Report().Skipped["damaged"]);
    }

    [Fact]
    public void A_message_that_breaks_off_where_the_archive_is_damaged_is_none()
    {
        var said = Said;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(Chat(said)));
        using var upload = new StoredUpload(packed.ToArray()[..^2000]) { Parsing = Keep };
        var texts = upload.Texts();
        Assert.InRange(texts.Length, 1000, said.Length - 1);
        Assert.Equal(said[..texts.Length], texts);
        Assert.Equal(1, upload.Report().Skipped["damaged"]);
    }

    [Fact]
    public void The_last_message_is_read_where_only_the_checksum_is_wrong()
    {
        var zip = new TestZip().With("chat.txt", Chat(Said)).Bytes();
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16] ^= 1;
        using var upload = new StoredUpload(zip) { Parsing = Keep };
        Assert.Equal(Said, upload.Texts());
        Assert.Empty(upload.Report().Skipped);
    }

    [Fact]
    public void A_message_that_is_too_long_fails_the_file_with_its_place()
    {
        var parsing = new ParsingOptions { MaxMessageBytes = 1024 };
        var text = new WhatsAppExport().Add(Day, "Ann", "hi").Add(Day, "Ann", new string('x', 2000)).Add(Day, "Ann", "hi");
        var error = new TestExport { Parsing = parsing }.With("", text.ToString()).Refusal();
        Assert.Equal("messages[1], line 2, byte 28", error.Place);
        Assert.Contains("Parsing:MaxMessageBytes", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chat_far_longer_than_the_window_is_read_as_a_whole()
    {
        var export = new WhatsAppExport();
        var texts = Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? $"line {i}\nand é\u4F60 {new string('y', 1 + (i * 7919 % 30_000))}" : $"message {i}").ToArray();
        for (var i = 0; i < texts.Length; i++)
            export.Add(Day.AddMinutes(i), i % 3 == 0 ? "Ann" : "Bob Smith", texts[i]);
        Assert.Equal(texts, TestExport.Of(export.ToString()).Texts());
    }

    [Fact]
    public void Behind_a_long_message_blocks_are_as_short_as_before()
    {
        const int blockBytes = 2000;
        var random = new Random(3);
        var export = new WhatsAppExport();
        for (var i = 0; i < 600; i++)
            export.Add(Day.AddMinutes(i), "Ann", $"{i} {new string('x', i % 50 == 7 ? random.Next(3000, 40_000) : random.Next(30))}");
        var blocks = new ChatBlocks(new MemoryFile("", Encoding.UTF8.GetBytes(export.ToString())).Open(), 1 << 20, blockBytes);
        Assert.True(blocks.Begin(DateOrder.DayFirst, messagesEndInCrLf: false));
        var reader = new ChatBlockReader(blocks.Style.Header.End, new AuthorLine(), 1 << 20, isChecked: false, wantsTexts: false);
        var (messages, bytes) = (0, 0L);
        while (blocks.Next() is { } block)
        {
            reader.Read(block);
            Assert.True(block.Length <= blockBytes || block.Count == 1, $"{block.Count} messages in {block.Length} bytes");
            Assert.Equal(bytes, block.Origin);
            messages += block.Count;
            bytes += block.Length;
            blocks.Return(block);
        }

        Assert.Equal((600, (long)export.ToString().Length), (messages, bytes));
    }

    [Fact]
    public void What_is_read_on_several_cores_at_once_comes_in_the_files_order()
    {
        var random = new Random(5);
        var export = new WhatsAppExport();
        List<(string? Author, string Text)> said = [];
        var (notices, pasted) = (0, 0);
        for (var i = 0; i < 1000; i++)
        {
            var (time, author) = (Day.AddMinutes(i / 3), $"Author {random.Next(1 + (i / 10))}");
            switch (random.Next(12))
            {
                case 0:
                    notices++;
                    export.Add(time, null, "Messages are end-to-end encrypted");
                    continue;
                case 1:
                    pasted++;
                    said.Add((author, $"as she said:\n[04/03/25, 14:05:09] Ann: pasted {i}"));
                    break;
                default:
                    said.Add((author, $"{i} {new string('x', random.Next(3) * random.Next(100))}\nand: more".Replace(" \n", "\n", StringComparison.Ordinal)));
                    break;
            }

            export.Add(time, said[^1].Author, said[^1].Text);
        }

        Assert.Equal(said, export.Export().Messages().Select(message => (message.Author, message.Text)));
        var report = export.Export().Report();
        Assert.Equal(notices, report.Skipped["system message"]);
        Assert.StartsWith($"{pasted} lines look like", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    private static string Chat(string[] said)
    {
        var text = new WhatsAppExport();
        for (var i = 0; i < said.Length; i++)
            text.Add(Day.AddMinutes(i), "Ann", said[i]);
        return text.ToString();
    }
}
