using System.Text;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.Exports;

namespace ChatAnalysis.Tests.FileParser;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"guild":{"name":"secret"},"channel":{},"messages":[]}""", "the keys guild, channel, messages")]
    [InlineData("""[{"map":{"x":"secret"},"title":"secret"}]""", "a JSON array of objects with the keys map, title")]
    [InlineData("""{"type":"secret"}""" + "\n" + """{"chat":1}""", "lines of JSON objects with the keys type, chat")]
    [InlineData("""["secret"]""", "a JSON array of values of the kind Text")]
    [InlineData("[]", "an empty JSON array")]
    [InlineData("{}", "a JSON object with no keys")]
    [InlineData("[04/03/25, 14:05:09] secret", null)]
    [InlineData("secret", "text, but not as any known chat writes it")]
    public void A_file_of_unknown_shape_is_told_what_was_seen_and_what_is_accepted(string export, string? seen)
    {
        var error = Refusal(export);
        Assert.DoesNotContain("secret", error.Detail, StringComparison.Ordinal);
        if (seen is null)
            return;
        Assert.Equal(FileErrorKind.Unrecognised, error.Kind);
        Assert.Contains(seen, error.Detail, StringComparison.Ordinal);
        Assert.Contains("prototype: {\"messages\"", error.Detail, StringComparison.Ordinal);
        Assert.Contains("taskmaster: [{\"conversation_id\"", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_shown_cut_where_they_are_many_or_long_and_without_control_characters()
    {
        var keys = string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"k\\n{i}{new string('x', 100)}\":1"));
        var detail = Refusal($"{{{keys}}}").Detail;
        Assert.DoesNotContain("k\n", detail, StringComparison.Ordinal);
        Assert.Contains("k?11x", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("k?12x", detail, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 50), detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_damaged(string export)
    {
        var error = Refusal(export);
        Assert.Equal((FileErrorKind.Damaged, "the file is empty"), (error.Kind, error.Detail));
    }

    [Fact]
    public void A_file_of_blanks_is_called_empty() =>
        Assert.Equal("the file is empty", Refusal(new string(' ', 5000)).Detail);

    [Fact]
    public void A_file_that_is_no_UTF8_says_so_and_where()
    {
        var latin = Encoding.Latin1.GetBytes("{\"messages\":[\"a\",\n\"caf\u00E9\"]}");
        var error = Exports.Open(new ChoppedBytes(latin)).Survey().Error!;
        Assert.Equal((FileErrorKind.Damaged, "line 2, byte 22"), (error.Kind, error.Place!.Split("], ")[^1]));
        Assert.Contains("UTF-8", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_far_ahead_in_the_window_is_placed_in_its_own_entry()
    {
        var entries = string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"entry {i,6}\""));
        var bytes = Encoding.UTF8.GetBytes($"{{\"messages\":[{entries}]}}");
        bytes[13 + 15 * 2000 + 7] = 0xFF;
        Assert.Equal("messages[2000], line 1, byte 30020", Exports.Open(new ChoppedBytes(bytes)).Survey().Error!.Place);

        bytes[13 + 15 * 700] = (byte)'x';
        Assert.EndsWith("byte 10513", Exports.Open(new ChoppedBytes(bytes)).Survey().Error!.Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_file_in_UTF16_is_asked_for_as_UTF8(string encoding)
    {
        foreach (var mark in (string[])["", "\uFEFF"])
        {
            var bytes = Encoding.GetEncoding(encoding).GetBytes(mark + "{\"messages\":[]}");
            var error = Exports.Open(new ChoppedBytes(bytes)).Survey().Error!;
            Assert.Equal(FileErrorKind.Damaged, error.Kind);
            Assert.Contains("save it as UTF-8", error.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nesting_without_end_is_damage() => Assert.Equal(FileErrorKind.Damaged, Refusal(new string('[', 100_000)).Kind);

    [Fact]
    public void Damage_in_what_no_format_reads_is_damage_all_the_same() =>
        Assert.Equal(FileErrorKind.Damaged, Refusal("""{"messages":["a"],"extra":{"x":[1,{"y":tru}]}}""").Kind);
}
