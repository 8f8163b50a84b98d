using System.Text;
using ChatAnalysis.Grains.FileParser.Formats.Ordered;
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
                ("core/town-square", "Town Square", "bob", "Bob", "earlier reply"),
                ("core/town-square", "Town Square", "ann", "Annie", "first"),
                ("core/town-square", "Town Square", "bob", "Bob", "second \u0001\0"),
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
    public void Posts_and_replies_come_in_the_order_of_time_a_channel_after_the_other()
    {
        var messages = ReadInOrder.Everywhere(new MattermostExport()
            .Post("core", "b", "ann", "b2", 1705311000002).Post("core", "a", "ann", "a3", 1705311000003)
            .Post("core", "b", "bob", "b1", 1705311000001, """
                "replies":[{"user":"ann","message":"b4","create_at":1705311000004,"attachments":[{"path":"x/b4.txt"}]},
                {"user":"ann","message":"b3","create_at":1705311000003,"edit_at":1705311000009}]
                """)
            .Post("core", "a", "ann", "a1", 1705311000001).Direct("\"ann\",\"bob\"", "ann", "d", 1705311000000).ToExport());
        Assert.Equal(["b1", "b2", "b3", "b4", "a1", "a3", "d"], messages.Select(m => m.Text));
        Assert.Equal([null, null, messages[0].Id, messages[0].Id, null, null, null], messages.Select(m => m.ReplyTo));
        Assert.Equal((true, "b4.txt"), (messages[2].Edited, Assert.Single(messages[3].Attachments)));
    }

    [Fact]
    public void A_reply_older_than_its_post_comes_before_it()
    {
        var messages = ReadInOrder.Everywhere(MattermostExport.Small());
        Assert.Equal(("earlier reply", "first", messages[1].Id), (messages[0].Text, messages[1].Text, messages[0].ReplyTo));
        Assert.Equal("d.txt", Assert.Single(messages[0].Attachments));
    }

    [Fact]
    public void Of_one_author_and_millisecond_the_files_order_counts_and_ids_are_the_same_in_any()
    {
        var alone = new MattermostExport()
            .Post("core", "a", "ann", "x", 1705311000002).Post("core", "a", "ann", "y", 1705311000002, """
                "replies":[{"user":"bob","message":"z","create_at":1705311000003},{"user":"bob","message":"w","create_at":1705311000003}]
                """).ToExport().Messages();
        var among = ReadInOrder.Everywhere(new MattermostExport()
            .Post("core", "a", "ann", "late", 1705311000009)
            .Post("core", "a", "ann", "x", 1705311000002).Post("core", "a", "ann", "y", 1705311000002, """
                "replies":[{"user":"bob","message":"z","create_at":1705311000003},{"user":"bob","message":"w","create_at":1705311000003}]
                """)
            .Post("core", "a", "bob", "early", 1705311000001).ToExport());
        Assert.Equal(["early", "x", "y", "z", "w", "late"], among.Select(m => m.Text));
        Assert.Equal(alone.Select(m => (m.Text, m.Id, m.ReplyTo)), among.Skip(1).Take(4).Select(m => (m.Text, m.Id, m.ReplyTo)));
        Assert.Equal(4, alone.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public void What_stood_before_a_damage_comes_in_order_where_damages_are_kept()
    {
        var lines = Encoding.UTF8.GetString(new MattermostExport()
            .Post("core", "a", "ann", "late", 1705311000002).Post("core", "a", "ann", "early", 1705311000001).ToExport().Files[0].Content);
        var export = new TestExport { Parsing = new() { OnDamage = Grains.FileParser.OnDamage.Keep } }.With("", lines + "{\"type\":7");
        Assert.Equal(["early", "late"], ReadInOrder.Everywhere(export).Select(m => m.Text));
        Assert.Single(export.Report().Warnings);
    }

    [Fact]
    public void Of_too_many_channels_to_be_put_in_order_posts_are_read_as_they_stand_and_the_report_says_so()
    {
        var export = new MattermostExport();
        for (var i = 0; i <= FoundEntries.MostConversations; i++)
            export.Post("core", $"c{i}", "ann", "x", 1705311000000);
        var survey = export.Post("core", "a", "ann", "late", 1705311000002).Post("core", "a", "ann", "early", 1705311000001).ToExport().Open().Survey();
        Assert.Equal(["late", "early"], Grains.FileParser.ChatFile.Read(survey, FoundEntries.MostConversations + 1).Select(m => m.Text));
        Assert.StartsWith("messages do not stand in the order of time", Assert.Single(survey.Report!.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_posts_in_any_order_are_sorted()
    {
        var numbers = Enumerable.Range(0, 3000).ToArray();
        new Random(7).Shuffle(numbers);
        var export = new MattermostExport();
        foreach (var number in numbers)
            export.Post("core", $"c{number % 2}", "ann", $"{number:0000}", 1705311000000 + number);
        Assert.All(export.ToExport().Messages().GroupBy(m => m.Conversation.Id), channel =>
            Assert.Equal(channel.Select(m => m.Text).Order(), channel.Select(m => m.Text)));
    }

    [Fact]
    public void Replies_that_are_put_in_order_know_their_posts_though_many_are_of_one_author_and_millisecond()
    {
        var numbers = Enumerable.Range(0, 300).ToArray();
        new Random(7).Shuffle(numbers);
        var export = new MattermostExport();
        foreach (var number in numbers)
            export.Post("core", "a", "ann", $"{number}", 1705311000000 + (number / 3), $$"""
                "replies":[{"user":"bob","message":"{{number}}/1","create_at":{{1705312000000 + (number / 2)}}},
                {"user":"ann","message":"{{number}}/2","create_at":{{1705310000000 - (number / 4)}}}]
                """);
        var messages = export.ToExport().Messages();
        var posts = messages.Where(m => m.ReplyTo is null).ToDictionary(m => m.Id!, m => m.Text);
        Assert.Equal((900, 300, 900), (messages.Count, posts.Count, messages.Select(m => m.Id).Distinct().Count()));
        Assert.All(messages.Where(m => m.ReplyTo is not null), reply =>
            Assert.StartsWith(posts[reply.ReplyTo!] + "/", reply.Text, StringComparison.Ordinal));
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
    public void A_post_has_only_so_many_replies()
    {
        const int Most = 250_000;
        var replies = string.Concat(Enumerable.Repeat(",{}", Most - 1));
        var full = $$$"""{{{Version}}}{"type":"post","post":{"message":"a","create_at":1705311000000,"replies":[{}{{{replies}}}""";
        var survey = TestExport.Of(full + "]}}").Open().Survey();
        Assert.Equal((1L, Most), (survey.Report!.Messages, survey.Report.Skipped["empty text"]));
        var error = TestExport.Of(full + ",{}]}}").Refusal();
        Assert.Equal((FileErrorKind.Damaged, "a post with more than 250000 replies"), (error.Kind, error.Detail));
    }

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
