using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.TurnsExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class LmsysFormatTests
{
    [Fact]
    public void What_was_put_in_comes_out() =>
        Assert.Equal(
            [("l1", "0", "user", "hi \\ there"), ("l1", "1", "assistant", "hello 🙂"), ("l2", "1", "assistant", "?")],
            SmallLmsys().Messages().Select(m => (m.Conversation.Id!, m.Id!, m.Role!, m.Text)));

    [Fact]
    public void There_are_no_times()
    {
        var report = SmallLmsys().Report();
        Assert.Equal(("lmsys", 2, 3L, 1L), (report.Format, report.Conversations, report.Messages, report.Skipped["empty text"]));
        Assert.Null(report.FirstSentAt);
        Assert.Empty(report.Assumptions);
    }

    [Fact]
    public void An_array_and_lines_are_read_alike()
    {
        var (one, two) = (Lmsys("a", ("user", "one")), Lmsys("b", ("user", "two")));
        Assert.Equal(TestExport.Of(TurnsExport.Array(one, two)).Messages(), TestExport.Of(Lines(one, two)).Messages(), SameText);
    }

    [Fact]
    public void An_id_may_come_after_the_turns() =>
        Assert.Equal("l", TestExport.Of("""{"conversation":[{"role":"user","content":"x"},null],"conversation_id":"l"}""").Messages()[0].Conversation.Id);

    [Fact]
    public void A_conversation_with_more_text_than_is_held_is_read_whole()
    {
        var json = Lines(
            Lmsys("c", [.. Enumerable.Range(0, 20).Select(i => ("user", (string?)$"{i} {new string((char)('a' + i), 700)}"))]),
            Lmsys("d", ("user", "after")));
        TestExport Export(int most) => new TestExport { Parsing = new ParsingOptions { MaxMessageBytes = most } }.With("", json);
        Assert.Equal(21, Export(1024).Texts().Length);
        Assert.Equal(Export(1024 * 1024).Texts(), Export(1024).Texts());
    }

    [Theory]
    [InlineData("""{"conversation_id":"l","conversation":[{"role":"user","content":"x"},{"content":7}]}""", "conversation[1], line 1, byte 80")]
    [InlineData("{\"conversation_id\":\"l\",\"conversation\":[{\"role\":\"user\",\"content\":\"x\"}]}\n{\"conversation\":{}}", "line 2, byte 87")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place)
    {
        var error = TestExport.Of(export).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    private static bool SameText(ParsedMessage one, ParsedMessage other) =>
        (one.Conversation.Id, one.Id, one.Text) == (other.Conversation.Id, other.Id, other.Text);
}
