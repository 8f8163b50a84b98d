using System.IO.Compression;
using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.FileParser.Fuzzing;
using static ChatAnalysis.Tests.FileParser.Archives.ArchiveTests;

namespace ChatAnalysis.Tests.FileParser.Archives;

public sealed class KeptDamageTests
{
    private const string Chat = """{"messages":["one","two"]}""";
    private static readonly ParsingOptions Keep = new() { OnDamage = OnDamage.Keep };

    public static TheoryData<string> OfEachFormat => Exports.OfEachFormat;

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void A_damaged_file_of_an_archive_is_read_up_to_its_damage_and_the_others_whole(CompressionLevel level)
    {
        const int messages = 200_000;
        var zip = new TestZip().With("a.json", Chat).With("b.json", TestParser.Prototype(messages), level).With("c.json", Chat).Bytes();
        zip.AsSpan(zip.Length / 2, 64).Clear();
        using var upload = new StoredUpload(zip) { Parsing = Keep };
        var texts = upload.Texts();
        Assert.InRange(texts.Length, (messages / 4) + 4, messages);
        Assert.Equal(["one", "two", "message 0"], texts[..3]);
        Assert.Equal(["one", "two"], texts[^2..]);
        Assert.Equal(texts[777..], upload.Texts(from: 777));
        Assert.Contains(upload.Report().Warnings, warning =>
            warning.StartsWith("b.json: damaged:", StringComparison.Ordinal)
            && warning.EndsWith("what follows there was not read", StringComparison.Ordinal));
        using var refused = new StoredUpload(zip);
        Assert.Equal("b.json", refused.Refusal().Place);
    }

    [Fact]
    public void What_cannot_be_opened_is_left_out_and_named()
    {
        var zip = new TestZip().With("a.json", Chat).With("b.json", Chat).Bytes();
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        using var upload = new StoredUpload(zip) { Parsing = Keep };
        Assert.Equal(["one", "two"], upload.Texts());
        Assert.Contains(
            "a.json: is encrypted: unpack the archive with its password and send it without; it was not read", upload.Report().Warnings);
    }

    [Fact]
    public void A_file_of_which_nothing_is_left_is_refused()
    {
        using var upload = new StoredUpload(Bytes("""{"messages":[7,8]}""")) { Parsing = Keep };
        Assert.Equal("messages[0], line 1, byte 13", upload.Refusal().Place);
    }

    [Fact]
    public void A_damaged_export_is_read_alike_through_any_window_and_from_any_message()
    {
        const int rounds = 60;
        Parallel.For(0, FuzzSeeds.All.Count * rounds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, number =>
        {
            var random = new Random(4711 + number);
            var (name, seed) = FuzzSeeds.All[number % FuzzSeeds.All.Count];
            var export = new TestExport { Parsing = Keep };
            foreach (var (path, content) in new Mutator(random).Mutate(seed.Files))
                export.With(path, content);
            var (survey, small) = (export.Open().Survey(), export.Open(window: 64, atMost: 7).Survey());
            var read = ChatFile.Read(survey, 0).ToList();
            var from = random.Next(read.Count + 1);
            Assert.True(survey.Report?.Messages is null || survey.Report.Messages == read.Count, $"{name} {number}: {read.Count}");
            AssertAlike($"{name} {number}", read, ChatFile.Read(small, 0));
            AssertAlike($"{name} {number} from {from}", read.Skip(from), ChatFile.Read(survey, from));
            Assert.Equal(survey.Report?.Skipped.OrderBy(s => s.Key), small.Report?.Skipped.OrderBy(s => s.Key));
            Assert.Equal(survey.Report?.Warnings.Count, small.Report?.Warnings.Count);
        });
    }

    private static void AssertAlike(string what, IEnumerable<ParsedMessage> a, IEnumerable<ParsedMessage> b)
    {
        foreach (var (first, second) in a.Zip(b))
            Assert.True(
                (first.Ordinal, first.Text, first.Author, first.SentAt, first.Conversation.Ordinal, first.Conversation.Id)
                == (second.Ordinal, second.Text, second.Author, second.SentAt, second.Conversation.Ordinal, second.Conversation.Id), what);
        Assert.True(a.Count() == b.Count(), what);
    }

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void Of_a_broken_file_exactly_what_the_survey_counted_is_read(string export)
    {
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(export);
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                var written = random.Next(3) == 0 ? random.Next(256) : "{}[],:\"\\ \n0-tu"[random.Next(14)];
                bytes[random.Next(bytes.Length)] = (byte)written;
            }

            var survey = new ChatFile([new MemoryFile("", bytes)], Keep, ReadingOptions.Default).Survey();
            if (survey.Report is not { } report)
                continue;
            var read = ChatFile.Read(survey, 0).ToList();
            Assert.Equal(report.Messages, read.Count);
            Assert.Equal(read.Skip(1), ChatFile.Read(survey, 1));
        }
    }
}
