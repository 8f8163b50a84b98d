using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class MattermostFormatTests
{
    private const string Version = "{\"type\":\"version\",\"version\":1}\n";

    [Fact]
    public void What_is_in_an_export_comes_out()
    {
        var messages = MattermostExport.Small().Messages();
        Assert.Equal(
            [
                ("core/town-square", "Town Square", "bob", "Bob", "second \u0001\0"),
                ("core/town-square", "Town Square", "ann", "Annie", "first"),
                ("core/town-square", "Town Square", "bob", "Bob", "earlier reply"),
                ("core/town-square", "Town Square", "crab", "builds", "Build 7 passed"),
                ("ann,bob", "Annie, Bob", "bob", "Bob", "just us"),
                ("ann,bob", "Annie, Bob", "ann", "Annie", "yes 😀"),
                ("ann", "Annie", "ann", "Annie", "note to self"),
            ],
            messages.Select(m => (m.Conversation.Id!, m.Conversation.Title!, m.AuthorId!, m.Author!, m.Text)));
        var report = MattermostExport.Small().Report();
        Assert.Equal(("mattermost", 3, 7L, 3), (report.Format, report.Conversations, report.Messages, report.Participants));
        Assert.Equal(
            [("empty text", 1L), ("media only", 1L), ("system message", 1L)],
            report.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public void Posts_come_in_any_order_each_with_its_own_millisecond() => Assert.Equal(
        [1705311200000, 1705311100000],
        MattermostExport.Small().Messages().Take(2).Select(m => m.SentAt!.Value.ToUnixTimeMilliseconds()));

    [Fact]
    public void A_reply_belongs_to_its_post_though_it_is_older()
    {
        var messages = MattermostExport.Small().Messages();
        Assert.Equal((messages[1].Id, true), (messages[2].ReplyTo, messages[2].SentAt < messages[1].SentAt));
        Assert.Equal("d.txt", Assert.Single(messages[2].Attachments));
    }

    [Fact]
    public void A_system_post_is_skipped_where_it_has_its_type_and_what_has_none_is_an_assumption()
    {
        Assert.Empty(MattermostExport.Small().Report().Assumptions);
        var report = new MattermostExport().Post("core", "a", "ann", "ann joined the channel.", 1705311000000, "\"replies\":null").ToExport().Report();
        Assert.Equal((1, 1), (report.Messages, report.Assumptions.Count));
    }

    [Fact]
    public void Channels_of_one_name_in_two_teams_are_two() => Assert.Equal(2, new MattermostExport()
        .Post("red", "off-topic", "ann", "a", 1705311000000).Post("blue", "off-topic", "ann", "a", 1705311000000).ToExport().Report().Conversations);

    [Fact]
    public void A_post_has_the_same_id_in_the_next_export_though_it_was_edited()
    {
        var first = new MattermostExport().Post("core", "a", "ann", "x", 1705311000000).ToExport().Messages();
        var second = new MattermostExport().Post("core", "a", "ann", "w", 1705310000000)
            .Post("core", "a", "ann", "y", 1705311000000, "\"type\":\"\",\"edit_at\":1705311000001").ToExport().Messages();
        Assert.Equal(first[0].Id, second[1].Id);
        Assert.Equal((false, true), (second[0].Edited, second[1].Edited));
    }

    [Fact]
    public void Posts_of_one_author_channel_and_millisecond_are_told_apart()
    {
        var messages = new MattermostExport().Post("core", "a", "ann", "x", 1705311000000).Post("core", "a", "ann", "y", 1705311000000)
            .Post("core", "b", "ann", "x", 1705311000000).Post("core", "a", "bob", "x", 1705311000000).ToExport().Messages();
        Assert.Equal(4, messages.Select(m => (m.Conversation.Id, m.Id)).Distinct().Count());
    }

    [Fact]
    public void A_program_is_known_by_its_line_or_its_webhook() => Assert.Equal(
        [null, "bot", "bot"],
        new MattermostExport().Line("bot", """{"username":"crab"}""").Post("core", "a", "ann", "x", 1705311000000)
            .Post("core", "a", "crab", "x", 1705311000000)
            .Post("core", "a", "ann", "x", 1705311000001, "\"props\":{\"from_webhook\":\"true\"}").ToExport().Messages().Select(m => m.Role));

    [Fact]
    public void An_export_without_posts_is_read() => Assert.Equal(0, TestExport.Of(Version).Report().Messages);

    [Fact]
    public void Posts_are_recognised_without_the_version() => Assert.Equal(["a"], TestExport.Of("""
        {"type":"post","post":{"team":"t","channel":"c","user":"u","message":"a","create_at":1705311000000}}
        """).Texts());

    [Theory]
    [InlineData("""{"type":"post","post":[]}""", "line 2, byte 53")]
    [InlineData("""{"type":"post","post":{"message":7}}""", "line 2, byte 64")]
    [InlineData("""{"type":"post","post":{"replies":{}}}""", "line 2, byte 64")]
    [InlineData("""{"type":"post","post":{"replies":[],"replies":[]}}""", "line 2, byte 77")]
    [InlineData("""{"type":"post","post":{"replies":[7]}}""", "replies[0], line 2, byte 65")]
    [InlineData("7", "line 2, byte 31")]
    public void What_breaks_the_rules_is_refused_with_its_place(string line, string place)
    {
        var error = TestExport.Of(Version + line).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    [Fact]
    public void Wrong_types_elsewhere_are_taken_as_absent()
    {
        var message = Assert.Single(TestExport.Of(Version + """
            {"type":7,"user":"x","channel":[],"post":{"team":7,"channel":{},"channel_members":"x","user":[],"type":1,"message":"a","props":"x","create_at":[],"edit_at":"x","replies":null,"attachments":{}}}
            """).Messages());
        Assert.Equal(("a", null, null, null), (message.Text, message.Author, message.SentAt, message.Conversation.Id));
    }
}
