using System.Text;
using System.Text.Json;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.Exports;

namespace ChatAnalysis.Tests.FileParser;

public sealed class ChatFileTests
{
    public static TheoryData<string> OfEachFormat => Exports.OfEachFormat;

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void However_few_bytes_come_at_once_the_same_is_read(string export)
    {
        var whole = Read(export);
        for (var atMost = 1; atMost <= 64; atMost++)
        {
            var moved = new string(' ', atMost) + export;
            Assert.Equal(whole, Read(Chopped(export, atMost)));
            Assert.Equal(whole, Read(Chopped(moved, 4096)));
        }
    }

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void A_file_cut_anywhere_is_refused_unless_a_whole_line_remains(string export)
    {
        var bytes = Encoding.UTF8.GetBytes(export);
        for (var length = 0; length < bytes.AsSpan().TrimEnd("\r\n"u8).Length; length++)
        {
            var cut = Exports.Open(new ChoppedBytes(bytes[..length]));
            var error = cut.Survey().Error;
            var wholeLine = bytes.AsSpan(0, length).TrimEnd("\r\n"u8).EndsWith("\"hi\"}]}"u8);
            Assert.Equal(wholeLine, error is null);
        }
    }

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void However_a_file_is_broken_it_is_judged_the_same_through_any_window(string export)
    {
        var random = new Random(42);
        for (var i = 0; i < 1500; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(export);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"{}[],:\"\\ \n0-tu"[random.Next(14)];

            var whole = Exports.Open(new ChoppedBytes(bytes));
            var survey = whole.Survey();
            var chopped = Exports.Open(new ChoppedBytes(bytes, 5), bufferBytes: 64).Survey();
            Assert.Equal((survey.Error?.Kind, survey.Report?.Messages), (chopped.Error?.Kind, chopped.Report?.Messages));
            if (survey.Report is { } report)
                Assert.Equal(report.Messages, ChatFile.Read(survey, 0).Count());
        }
    }

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void The_survey_counts_what_reading_yields(string export)
    {
        var report = Survey(export).Report!;
        var messages = Read(export);
        Assert.Equal(messages.Count, report.Messages);
        Assert.Equal(messages.Select(message => message.Conversation.Ordinal).Distinct().Count(), report.Conversations);
        Assert.Equal(Enumerable.Range(0, messages.Count), messages.Select(message => (int)message.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void Reading_goes_on_from_any_ordinal(string export)
    {
        var all = Read(export);
        for (var from = 0; from <= all.Count + 1; from++)
            Assert.Equal(all.Skip(from), Read(export, from));
    }

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void A_byte_order_mark_is_passed_over(string export) => Assert.Equal(Read(export), Read("\uFEFF" + export));

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void Any_line_ends_will_do(string export) =>
        Assert.Equal(Read(export), Read(export.Replace("\r\n", "\n").Replace("\n", "\r\n")));

    [Theory]
    [MemberData(nameof(OfEachFormat))]
    public void More_behind_the_end_is_refused(string export)
    {
        Assert.Equal(FileErrorKind.Damaged, Refusal(export + "]").Kind);
        Assert.Equal(FileErrorKind.Damaged, Refusal(export + " x").Kind);
        Assert.Equal(FileErrorKind.Damaged, Refusal(export + "\n{\"other\":1}").Kind);
        Assert.Equal(FileErrorKind.Damaged, Refusal(export + "\n[1]").Kind);
    }

    [SkippableFact]
    public void A_published_Taskmaster_file_is_read_whole()
    {
        var path = SharedFolder.File("data/taskmaster4_00.json");
        using var bytes = new FileBytes(path, CancellationToken.None);
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
        var expected =
            from conversation in document.RootElement.EnumerateArray()
            from utterance in conversation.GetProperty("utterances").EnumerateArray()
            let text = utterance.GetProperty("text").GetString()
            where text.Length > 0
            select (conversation.GetProperty("conversation_id").GetString(), utterance.GetProperty("index").ToString(), text);
        var read = Read(Exports.Open(bytes));
        Assert.Equal(expected, read.Select(message => (message.Conversation.Id, message.Id!, message.Text)));
    }
}
