using System.IO.Compression;
using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser.Archives;

public sealed class KeptFilesTests
{
    private static readonly ParsingOptions Keep = new() { OnDamage = OnDamage.Keep };

    [Fact]
    public void Of_a_channel_every_day_is_read_as_far_as_it_goes()
    {
        var export = new TestExport { Parsing = Keep }
            .With("general/2024-01-01.json", $"[{Post("one")},{Post("two")}")
            .With("general/2024-01-02.json", $"[{Post("three")},7,{Post("four")}]")
            .With("general/2024-01-03.json", $"[{Post("gone")[..^5]}")
            .With("general/2024-01-04.json", $"[{Post("five")} {Post("gone")}]")
            .With("general/2024-01-05.json", $"[{Post("six")}]");
        Assert.Equal(["one", "two", "three", "four", "five", "six"], export.Texts());
        Assert.Equal(["four", "five", "six"], export.Messages(from: 3).Select(message => message.Text));
        var report = export.Report();
        Assert.Equal(1, report.Skipped["damaged"]);
        Assert.Equal(
            [("general/2024-01-01.json", "what follows there was not read"), ("general/2024-01-02.json", "it was skipped"),
                ("general/2024-01-03.json", "it was not read"), ("general/2024-01-04.json", "what follows there was not read")],
            report.Warnings.Where(warning => warning.StartsWith("general", StringComparison.Ordinal))
                .Select(warning => (warning[..23], warning[(warning.LastIndexOf(';') + 2)..])).Order());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public void A_day_that_cannot_be_unpacked_leaves_the_others_to_be_read(int posts)
    {
        var zip = new TestZip()
            .With("general/2024-01-01.json", $"[{Post("first")}]")
            .With("general/2024-01-02.json", $"[{Post("BROKEN")},{string.Join(',', Enumerable.Range(0, posts).Select(i => Post($"{i}")))}]",
                CompressionLevel.NoCompression)
            .With("general/2024-01-03.json", $"[{Post("last")}]")
            .Bytes();
        zip[zip.AsSpan().IndexOf("BROKEN"u8)]--;
        using var upload = new StoredUpload(zip) { Parsing = Keep };
        var texts = upload.Texts();
        Assert.Equal(("first", "last"), (texts[0], texts[^1]));
        Assert.Equal(texts[1..], upload.Texts(from: 1));
        Assert.Contains(upload.Report().Warnings, warning =>
            warning.StartsWith("general/2024-01-02.json: damaged:", StringComparison.Ordinal));
        using var refused = new StoredUpload(zip);
        Assert.Equal("general/2024-01-02.json", refused.Refusal().Place);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public void A_file_that_cannot_be_unpacked_is_left_out_of_messages_that_are_put_in_order(int messages)
    {
        var zip = new TestZip()
            .With("inbox/bo_1/message_1.json", Thread("five", "four"))
            .With("inbox/bo_1/message_2.json", Thread([.. Enumerable.Range(0, messages).Select(i => $"{i}"), "BROKEN"]), CompressionLevel.NoCompression)
            .With("inbox/bo_1/message_3.json", Thread("three", "two", "one"))
            .Bytes();
        zip[zip.AsSpan().IndexOf("BROKEN"u8)]--;
        using var upload = new StoredUpload(zip) { Parsing = Keep };
        Assert.Equal(["one", "two", "three", "four", "five"], upload.Texts().Order(Comparer<string>.Create(Compare)));
        Assert.Contains(
            "inbox/bo_1/message_2.json: damaged: its checksum is not the archive's. Export or copy the archive again; it was not read",
            upload.Report().Warnings);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public void Messages_stay_in_their_files_order_where_one_of_the_files_cannot_be_unpacked(int messages)
    {
        static string Messages(IEnumerable<(string Text, int At)> all) =>
            $$"""{"zerver_message":[{{string.Join(',', all.Select(m => $$"""{"id":{{m.At}},"sender":1,"recipient":1,"content":"{{m.Text}}","date_sent":{{m.At}}}"""))}}]}""";
        var zip = new TestZip()
            .With("z/messages-000001.json", Messages([("late", 100_000), ("early", 1)]))
            .With("z/messages-000002.json", Messages([("BROKEN", 2), .. Enumerable.Range(3, messages).Select(i => ("x", i))]), CompressionLevel.NoCompression)
            .With("z/messages-000003.json", Messages([("last", 200_000)]))
            .Bytes();
        zip[zip.AsSpan().IndexOf("BROKEN"u8)]--;
        using var upload = new StoredUpload(zip) { Parsing = Keep };
        var texts = upload.Texts();
        Assert.Equal(["late", "early", "last"], [.. texts[..2], texts[^1]]);
        Assert.Equal(texts[1..], upload.Texts(from: 1));
        Assert.Contains(upload.Report().Warnings, warning => warning.Contains("are left so because of a file", StringComparison.Ordinal));
    }

    [Fact]
    public void A_large_file_whose_checksum_is_wrong_is_read_to_its_end_however_often_its_damages_make_one_go_back()
    {
        const int lines = 24;
        var random = new Random(5);
        string Other() => Convert.ToBase64String(ArchiveTests.RandomBytes(random, 525_000));
        var content = string.Concat(Enumerable.Range(0, lines).Select(i =>
            $$"""{"messages":[{"role":"user","content":"{{i}}"}],"other":"{{Other()}}\q"}""" + "\n"));
        var zip = new TestZip().With("chat.jsonl", content, CompressionLevel.Fastest).Bytes();
        foreach (var wrong in (bool[])[false, true])
        {
            zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16] ^= (byte)(wrong ? 1 : 0);
            using var upload = new StoredUpload(zip) { Parsing = Keep, Options = new ReadingOptions { Format = "openai" } };
            Assert.Equal(Enumerable.Range(0, lines).Select(i => $"{i}"), upload.Texts());
            Assert.Equal(["20", "21", "22", "23"], upload.Texts(from: 20));
            Assert.Equal(wrong, upload.Report().Warnings.Any(warning =>
                warning.StartsWith("chat.jsonl: damaged: its checksum", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Of_a_thread_a_file_that_breaks_off_is_read_as_far_as_it_goes_and_the_next_ones_whole()
    {
        var broken = Thread("four", "three");
        var export = new TestExport { Parsing = Keep }
            .With("inbox/bo_1/message_1.json", broken[..broken.LastIndexOf("three", StringComparison.Ordinal)])
            .With("inbox/bo_1/message_2.json", Thread("two", "one"));
        Assert.Equal(["four", "one", "two"], export.Texts().Order());
        Assert.EndsWith("what follows there was not read", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    private static int Compare(string? a, string? b)
    {
        string[] order = ["one", "two", "three", "four", "five"];
        return Array.IndexOf(order, a).CompareTo(Array.IndexOf(order, b));
    }

    private static string Post(string text) => $$"""{"type":"message","user":"U1","text":"{{text}}","ts":"1355517523.000005"}""";

    private static string Thread(params string[] texts)
    {
        var messages = new StringBuilder();
        for (var i = 0; i < texts.Length; i++)
            messages.Append(i == 0 ? "" : ",").Append($$"""{"sender_name":"Bo","timestamp_ms":{{1000 - i}},"content":"{{texts[i]}}"}""");
        return $$"""{"participants":[{"name":"Bo"}],"messages":[{{messages}}],"thread_path":"inbox/bo_1"}""";
    }
}
