using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.TurnsExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class WildChatFormatTests
{
    [Fact]
    public void What_was_put_in_comes_out() =>
        Assert.Equal(
            [
                ("w1", "0", "user", "2023-04-09 00:02:50", "hola"), ("w1", "1", "assistant", "2023-04-09 00:02:50", "¡hola!"),
                ("w1", "3", "assistant", "2023-04-09 00:02:53", "adiós"), ("w2", "0", "user", "2023-04-10 01:00:00", "eh"),
            ],
            SmallWildChat().Messages().Select(m =>
                (m.Conversation.Id!, m.Id!, m.Role!, $"{m.SentAt:yyyy-MM-dd HH:mm:ss}", m.Text)));

    [Fact]
    public void A_turn_without_a_time_has_that_of_its_answer_or_of_the_conversation()
    {
        var report = SmallWildChat().Report();
        Assert.Equal(("wildchat", 2, 4L, 1L), (report.Format, report.Conversations, report.Messages, report.Skipped["empty text"]));
        Assert.Single(report.Assumptions);
    }

    [Fact]
    public void The_first_version_has_conversation_id_and_times_of_conversations_only()
    {
        var message = Assert.Single(TestExport.Of("""
            [{"conversation_id":"w","model":"m","timestamp":"2023-04-09T00:02:53","conversation":[
              {"content":"x","language":"English","redacted":false,"role":"user","toxic":false}],"turn":1}]
            """).Messages());
        Assert.Equal(("wildchat", "w", SentZone.Assumed), (message.Conversation.Platform, message.Conversation.Id, message.Zone));
        Assert.Equal(new DateTimeOffset(2023, 4, 9, 0, 2, 53, TimeSpan.Zero), message.SentAt);
    }

    [Fact]
    public void A_turn_identifier_is_one_of_question_and_answer_and_so_no_id() =>
        Assert.Equal(
            ["0", "1"],
            TestExport.Of(Lines(WildChat("w", null, ("user", "a", null), ("assistant", "b", null)))).Messages().Select(m => m.Id));

    [Fact]
    public void Without_its_marks_it_is_taken_for_lmsys() =>
        Assert.Equal("lmsys", TestExport.Of("""{"conversation_id":"w","conversation":[{"role":"user","content":"x"}]}""").Report().Format);

    [Fact]
    public void What_breaks_the_rules_is_refused_with_its_place() =>
        Assert.Equal(
            "conversation[0], line 1, byte 67",
            TestExport.Of("""{"conversation_hash":"w","conversation":[{"role":"user","content": {}},{"role":"user","content":"x"}]}""").Refusal().Place);
}
