using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser.Archives;

public sealed class ArchiveTests
{
    private const string Chat = """{"messages":["one","two"]}""";
    private const string Other = """
        {"messages":[{"role":"user","content":"hi"}]}
        {"messages":[{"role":"assistant","content":"hello"}]}
        """;

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void A_zip_is_read_as_its_file_is(CompressionLevel level)
    {
        using var upload = new StoredUpload(new TestZip().With("chat.json", Chat, level).Bytes());
        Assert.Equal(["one", "two"], upload.Texts());
        Assert.Empty(upload.Report().FilesIgnored);
        Assert.Empty(upload.LeftBehind);
    }

    [Fact]
    public void Each_export_in_an_archive_is_read_and_reported_by_its_format()
    {
        using var upload = new StoredUpload(new TestZip()
            .With("b/chat10.json", """{"messages":["ten"]}""").With("b/chat2.json", """{"messages":["two"]}""")
            .With("a/deep/er/x.jsonl", Other).Bytes());
        var report = upload.Report();
        Assert.Equal(["hi", "hello", "two", "ten"], upload.Texts());
        Assert.Equal((FileReport.Mixed, 4, 4, 3), (report.Format, (int)report.Messages, report.Conversations, report.FilesRead));
        Assert.Null(report.Variant);
        Assert.Equal([("openai", 2L), ("prototype", 2L)], report.Exports.Select(export => (export.Format, export.Messages)));
    }

    [Fact]
    public void Gzip_and_tar_are_read_as_zip_is()
    {
        var tar = Tar(("a/b.json", Chat), ("readme.html", "<p>"));
        foreach (var archive in (byte[][])[Gzipped(Bytes(Chat)), tar, Gzipped(tar), Gzipped(new TestZip().With("chat.json", Chat).Bytes())])
        {
            using var upload = new StoredUpload(archive);
            Assert.Equal(["one", "two"], upload.Texts());
            Assert.Empty(upload.LeftBehind);
        }
    }

    [Fact]
    public void The_place_of_a_fault_names_its_file()
    {
        using var zip = new StoredUpload(new TestZip().With("in/chat.json", "{\"messages\":[\"one\",\n 7]}").Bytes());
        Assert.Equal("in/chat.json: messages[1], line 2, byte 21", zip.Refusal().Place);
        using var gzip = new StoredUpload(Gzipped(Bytes("{\"messages\":[\"one\",\n 7]}")));
        Assert.Equal("messages[1], line 2, byte 21", gzip.Refusal().Place);
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void A_zip_within_a_zip_is_opened_and_leaves_nothing_behind(CompressionLevel level)
    {
        var inner = new TestZip().With("chat.json", Chat).Bytes();
        using var upload = new StoredUpload(new TestZip().With("part.zip", inner, level).With("x.json.gz", Gzipped(Bytes(Chat))).Bytes());
        var survey = upload.Survey();
        Assert.Equal(["part.zip/chat.json", "x.json"], survey.Parts.Select(part => part.Part.Files[0].Path));
        Assert.Equal(4, upload.Messages().Count);
        Assert.Empty(upload.LeftBehind);
        Assert.True(upload.Spooled > 0);
    }

    [Fact]
    public void An_office_document_is_no_archive()
    {
        var document = new TestZip().With("word/document.json", Chat).Bytes();
        using var upload = new StoredUpload(new TestZip().With("a.json", Chat).With("media/letter.docx", document).Bytes());
        Assert.Equal(2, upload.Messages().Count);
        Assert.Equal(1, upload.Report().FilesIgnored["docx"]);
    }

    [Fact]
    public void What_systems_leave_in_archives_is_passed_over()
    {
        using var upload = new StoredUpload(new TestZip()
            .With("a/", "").With("a/chat.json", Chat).With("__MACOSX/a/._chat.json", "\0")
            .With("a/.DS_Store", "\0").With("a/Thumbs.db", "\0").Bytes());
        Assert.Equal(2, upload.Messages().Count);
        Assert.Empty(upload.Report().FilesIgnored);
    }

    [Fact]
    public void Files_that_are_no_chats_are_counted_by_what_they_are_and_unknown_ones_named()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0, 0, 1, 2, 3];
        using var upload = new StoredUpload(new TestZip()
            .With("chat.json", Chat).With("p/1.JPG", picture).With("p/2.jpg", picture).With("p/noname", picture)
            .With("settings.json", """{"theme":"dark"}""").With("notes.txt", "some words").With("page.html", "<html></html>")
            .With("cut.json", """{"messages" 7""").With("none.json", "").Bytes());
        var report = upload.Report();
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["jpg"] = 2, ["neither text nor an archive"] = 1, ["json of an unknown shape"] = 1, ["text of an unknown shape"] = 1,
                ["html"] = 1, ["json that is not valid"] = 1, ["empty file"] = 1,
            },
            report.FilesIgnored);
        Assert.Contains("settings.json was not read: it is a JSON object with the keys theme", report.Warnings);
        Assert.Contains(report.Warnings, warning =>
            warning.StartsWith("cut.json was not read: json that is not valid, byte", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, warning => warning.StartsWith("notes.txt", StringComparison.Ordinal));
        Assert.Equal(3, report.Warnings.Count);
    }

    [Fact]
    public void Many_unknown_files_are_not_all_named_nor_all_their_kinds()
    {
        var zip = new TestZip().With("chat.json", Chat);
        for (var i = 0; i < 50; i++)
            zip.With($"{i}.json", "{}").With($"picture.x{i}", [0, 1, 2]);
        using var upload = new StoredUpload(zip.Bytes());
        var report = upload.Report();
        Assert.Equal(31, report.FilesIgnored.Count);
        Assert.Equal(100, report.FilesIgnored.Values.Sum());
        Assert.Equal((50, 6), ((int)report.FilesIgnored["json of an unknown shape"], report.Warnings.Count));
        Assert.Equal("45 more files that were not read", report.Warnings[^1]);
    }

    [Fact]
    public void An_archive_without_a_chat_is_refused_and_says_what_was_seen()
    {
        using var upload = new StoredUpload(new TestZip().With("a.jpg", [0, 1, 2]).With("b.json", """{"x":1}""").Bytes());
        var error = upload.Refusal();
        Assert.Equal(FileErrorKind.Unrecognised, error.Kind);
        Assert.Contains("1 x jpg, 1 x json of an unknown shape", error.Detail, StringComparison.Ordinal);
        Assert.Contains("b.json is a JSON object with the keys x", error.Detail, StringComparison.Ordinal);
        using var empty = new StoredUpload(new TestZip().Bytes());
        Assert.Contains("an archive of no files", empty.Refusal().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_ahead_gives_what_reading_one_after_another_gives_from_any_ordinal()
    {
        var zip = new TestZip();
        for (var i = 0; i < 40; i++)
            zip.With($"{i}.json", TestParser.Prototype(i % 7 * 30), i % 2 == 0 ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
        using var many = new StoredUpload(zip.Bytes()) { Workers = 4 };
        using var one = new StoredUpload(zip.Bytes()) { Workers = 1 };
        var expected = one.Messages();
        Assert.Equal(expected, many.Messages());
        Assert.Equal(Enumerable.Range(0, expected.Count), expected.Select(message => (int)message.Ordinal));
        for (var from = 0; from <= expected.Count + 1; from += 37)
            Assert.Equal(expected.Skip(from), many.Messages(from));
    }

    [Fact]
    public void A_reader_that_goes_back_and_jumps_finds_the_same_in_a_compressed_file_as_in_a_plain_one()
    {
        var random = new Random(5);
        var texts = Enumerable.Range(0, 400).Select(_ => Convert.ToBase64String(RandomBytes(random, 3000)));
        var conversations = texts.Select((text, i) =>
            $$"""{"utterances":[{"index":0,"speaker":"USER","text":"{{text}}"}],"conversation_id":"c{{i}}"}""");
        var export = $"[{string.Join(",\n", conversations)}]";
        using var plain = new StoredUpload(Bytes(export));
        using var packed = new StoredUpload(new TestZip().With("x.json", export).Bytes());
        var expected = plain.Messages();
        Assert.Equal(400, expected.Count);
        Assert.Equal(expected, packed.Messages());
        Assert.Null(packed.Survey(bufferBytes: 64).Error);
    }

    [Fact]
    public void A_forced_format_is_taken_for_a_single_file_and_elsewhere_where_it_fits()
    {
        var zip = new TestZip().With("a.json", Chat).With("b.jsonl", Other).Bytes();
        using var forced = new StoredUpload(zip) { Options = new ReadingOptions(Format: "openai") };
        Assert.Equal(["hi", "hello"], forced.Texts());
        using var single = new StoredUpload(new TestZip().With("a.json", """{"note":1,"messages":"none"}""").Bytes())
        {
            Options = new ReadingOptions(Format: "prototype"),
        };
        Assert.Equal((FileErrorKind.Damaged, "messages must be an array"), (single.Refusal().Kind, single.Refusal().Detail));
    }

    [Fact]
    public void A_format_or_zone_that_nobody_knows_is_refused()
    {
        using var format = new StoredUpload(Bytes(Chat)) { Options = new ReadingOptions(Format: "morse") };
        Assert.Contains("format=morse names no format", format.Refusal().Detail, StringComparison.Ordinal);
        using var zone = new StoredUpload(Bytes(Chat)) { Options = new ReadingOptions(TimeZone: "Moon/../Crater") };
        Assert.Contains("names no time zone", zone.Refusal().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_survey_and_reading_end()
    {
        var zip = new TestZip();
        for (var i = 0; i < 20; i++)
            zip.With($"{i}.json", TestParser.Prototype(5000), CompressionLevel.NoCompression);
        using var upload = new StoredUpload(zip.Bytes());
        using var cancellation = new CancellationTokenSource();
        var survey = upload.Survey(cancellationToken: cancellation.Token);
        using var messages = ChatFile.Read(survey, 0).GetEnumerator();
        Assert.True(messages.MoveNext());
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (messages.MoveNext())
            {
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => upload.Survey(cancellationToken: cancellation.Token));
    }

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    internal static byte[] Gzipped(byte[] content)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }

    internal static byte[] Tar(params (string Name, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
            foreach (var (name, content) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Bytes(content)) });
        return stream.ToArray();
    }

    internal static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
