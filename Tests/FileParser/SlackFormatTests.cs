using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class SlackFormatTests
{
    private const string Day = "2024-01-02";

    [Fact]
    public void What_is_in_an_export_comes_out()
    {
        var messages = SlackExport.Small().Messages();
        Assert.Equal(
            [
                ("C1", "1704153600.000200", "U1", "Ann", "Hello @Bob & Co, see the page &amp; <rest>"),
                ("C1", "1704153700.000000", "U2", "Bob & Co", "a reply"),
                ("C1", "1704240000.000001", "U2", "Bob & Co", "for all"),
                ("C1", "1704240001.000000", "B9", "builds", "Build 7 passed"),
                ("C1", "1704240002.000000", "U3", "Crab", "*Lunch* with @Ann"),
                ("C1", "1704240003.000000", "U2", "Bob & Co", "as agreed"),
                ("D1", "1704240006.000000", "U2", "Bob & Co", "just us"),
                ("D2", "1704240007.000000", "U1", "Ann", "note to self 😀"),
            ],
            messages.OrderBy(m => m.Id, StringComparer.Ordinal).Select(m => (m.Conversation.Id!, m.Id!, m.AuthorId!, m.Author!, m.Text)));
        var report = SlackExport.Small().Report();
        Assert.Equal(("slack", 3, 8L, 4), (report.Format, report.Conversations, report.Messages, report.Participants));
        Assert.Equal(
            [("deleted message", 1L), ("media only", 1L), ("system message", 1L)],
            report.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public void A_ts_is_exact_as_an_id_and_as_a_time()
    {
        var message = One("""{"type":"message","user":"U1","text":"a","ts":"1355517523.000005"}""");
        Assert.Equal("1355517523.000005", message.Id);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1355517523).AddTicks(50), message.SentAt);
        Assert.Equal(SentZone.Exact, message.Zone);
    }

    [Fact]
    public void A_threads_parent_has_its_own_ts_as_thread_ts_and_answers_nothing() =>
        Assert.Equal(
            [null, "1704153600.000200", "1704153600.000200"],
            SlackExport.Small().Messages().Where(m => m.Conversation.Id == "C1").Take(3).Select(m => m.ReplyTo));

    [Fact]
    public void A_thread_broadcast_belongs_to_its_thread() => Assert.Equal("1.5", One("""
        {"subtype":"thread_broadcast","user":"U1","text":"a","ts":"1355517523.000005","thread_ts":"1.5"}
        """).ReplyTo);

    [Fact]
    public void A_conversation_has_its_lists_id_and_title_and_members()
    {
        var export = new SlackExport().User("U1", "ann").User("U2", "bob").Channel("C1", "general", "U1").Group("G1", "board", "U1", "U9")
            .Several("G2", "mpdm-ann--bob-1", "U1", "U2").Direct("D1", "U2", "U1");
        foreach (var folder in (string[])["general", "board", "mpdm-ann--bob-1", "D1"])
            export.Message(folder, Day, Plain);
        Assert.Equal(
            [("C1", "general", "ann"), ("D1", "bob, ann", "bob,ann"), ("G1", "board", "ann,U9"), ("G2", "ann, bob", "ann,bob")],
            export.ToExport().Messages().Select(m => m.Conversation).OrderBy(c => c.Id, StringComparer.Ordinal)
                .Select(c => (c.Id!, c.Title!, string.Join(',', c.Participants))));
    }

    [Fact]
    public void The_folders_may_lie_below_another() =>
        Assert.Equal("C1", Assert.Single(new SlackExport().Channel("C1", "general").Message("general", Day, Plain)
            .ToExport("my export/").Messages()).Conversation.Id);

    [Fact]
    public void A_renamed_channel_keeps_its_id() =>
        Assert.Equal(
            IdIn(new SlackExport().Channel("C1", "old", "U1").Message("old", Day, Plain)),
            IdIn(new SlackExport().Channel("C1", "new", "U1").Message("new", Day, Plain)));

    [Fact]
    public void A_folder_named_by_id_needs_no_list() =>
        Assert.Equal("D0CRABAPPLE7", IdIn(new SlackExport().Message("D0CRABAPPLE7", Day, Plain)));

    [Fact]
    public void Without_lists_a_conversation_is_recognised_by_its_messages()
    {
        var message = Assert.Single(new SlackExport().Message("general", Day, Plain).ToExport().Messages());
        Assert.Equal((null, "general"), (message.Conversation.Id, message.Conversation.Title));
        Assert.Equal(message.Id, Assert.Single(message.Conversation.Sample).Id);
    }

    [Fact]
    public void Without_lists_nothing_is_answered_by_an_id_that_no_message_has()
    {
        var export = new SlackExport().Message("general", Day, Plain)
            .Message("general", Day, """{"user":"U1","text":"b","ts":"1355517523.000008","thread_ts":"1355517523.000007"}""").ToExport();
        Assert.Equal([null, null], export.Messages().Select(m => m.ReplyTo));
    }

    [Fact]
    public void A_file_a_channel_is_a_conversation_each()
    {
        var export = new TestExport().With("export/general.json", $"[{Plain}]").With("export/random.json", $"[{Plain}]");
        Assert.Equal(["general", "random"], export.Messages().Select(m => m.Conversation.Title));
    }

    [Theory]
    [InlineData("general/2024-01-02 (1).json", "general")]
    [InlineData("C0CRABAPPLE/1.json", null)]
    public void A_folder_that_is_known_or_holds_days_is_the_conversation(string path, string? title) =>
        Assert.Equal(title, Assert.Single(new TestExport().With(path, $"[{Plain}]").Messages()).Conversation.Title);

    [Fact]
    public void Of_blocks_and_attachments_the_blocks_are_read_in_whichever_order_they_stand()
    {
        const string Blocks = """ "blocks":[{"type":"section","text":{"type":"mrkdwn","text":"b"}}] """;
        const string Attachments = """ "attachments":[{"text":"a"}] """;
        const string Rest = """ "subtype":"bot_message","text":"","bot_id":"B1","ts":"1355517523.000005" """;
        string[][] orders =
        [
            [Blocks, Attachments, Rest], [Attachments, Blocks, Rest], [Rest, Attachments, Blocks], [Rest, Blocks, Attachments],
            [Blocks, Rest, Attachments],
        ];
        Assert.All(orders, keys => Assert.Equal("b", One($"{{{string.Join(',', keys)}}}").Text));
    }

    [Fact]
    public void One_day_alone_is_read_too() => Assert.Equal(["a"], TestExport.Of($"[{Plain}]").Texts());

    [Fact]
    public void Users_of_an_enterprise_grid_are_read_too()
    {
        var export = new TestExport().With("org_users.json", """[{"id":"U1","name":"ann","profile":{"display_name":"","real_name":"Ann B."}}]""")
            .With($"general/{Day}.json", $"[{Plain}]");
        Assert.Equal("Ann B.", Assert.Single(export.Messages()).Author);
    }

    [Theory]
    [InlineData("""{"id":"U1","name":"ann","real_name":"Ann B.","profile":{"display_name":"Annie","real_name":"Ann C."}}""", "Annie")]
    [InlineData("""{"id":"U1","name":"ann","real_name":"Ann B.","profile":{"display_name":"","real_name":"Ann C."}}""", "Ann C.")]
    [InlineData("""{"id":"U1","name":"ann","real_name":"Ann B.","profile":{}}""", "Ann B.")]
    [InlineData("""{"id":"U1","name":"ann","real_name":null,"profile":7}""", "ann")]
    [InlineData("""{"id":"U2","name":"bob"}""", "U1")]
    public void Somebody_goes_by_the_first_name_that_is_set(string user, string expected) =>
        Assert.Equal(expected, Assert.Single(
            new TestExport().With("users.json", $"[{user}]").With($"general/{Day}.json", $"[{Plain}]").Messages()).Author);

    [Fact]
    public void Somebody_on_no_list_goes_by_the_name_in_the_message_or_in_an_earlier_one() => Assert.Equal(["Dee", "Dee"], In(
        """{"user":"U7","user_profile":{"display_name":"","real_name":"Dee","name":"d"},"text":"a","ts":"1355517523.000005"}""",
        """{"user":"U7","text":"b","ts":"1355517523.000006"}""").Messages().Select(m => m.Author));

    [Theory]
    [InlineData("""{"subtype":"bot_message","text":"a","ts":"1355517523.000005","username":"crab","bot_id":"B1"}""", "crab", "B1")]
    [InlineData("""{"subtype":"bot_message","text":"a","ts":"1355517523.000005","bot_id":"B1"}""", "B1", "B1")]
    [InlineData("""{"user":"U7","bot_id":"B1","text":"a","ts":"1355517523.000005","bot_profile":{"id":"B1","name":"claw"}}""", "claw", "U7")]
    public void A_bots_post_may_have_no_user_or_no_subtype(string message, string author, string id)
    {
        var read = One(message);
        Assert.Equal((author, id, "bot"), (read.Author, read.AuthorId, read.Role));
    }

    [Theory]
    [InlineData("\"attachments\":[{\"fallback\":\"only here\"}]", "only here")]
    [InlineData("\"attachments\":[{\"fallback\":\"x\",\"pretext\":\"p\",\"title\":\"t\",\"text\":\"&lt;w&gt;\",\"fields\":[{\"title\":\"f\",\"value\":\"v\"}]}]", "p\nt\n<w>\nf: v")]
    [InlineData("\"attachments\":[{\"fallback\":\"[no preview available]\",\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"b\"}}]}]", "b")]
    [InlineData("\"blocks\":[{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"h\"}},{\"type\":\"divider\"},{\"type\":\"section\",\"fields\":[{\"type\":\"mrkdwn\",\"text\":\"1\"},{\"type\":\"mrkdwn\",\"text\":\"2\"}]}]", "h\n1\n2")]
    [InlineData("\"blocks\":[{\"type\":\"rich_text\",\"elements\":[{\"type\":\"rich_text_section\",\"elements\":[{\"type\":\"text\",\"text\":\"to \"},{\"type\":\"user\",\"user_id\":\"U1\"},{\"type\":\"text\",\"text\":\" \"},{\"type\":\"emoji\",\"name\":\"crab\"}]},{\"type\":\"rich_text_quote\",\"elements\":[{\"type\":\"link\",\"url\":\"u:v\"}]}]}]", "to @Ann :crab:\nu:v")]
    [InlineData("\"blocks\":[{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"text\":{\"type\":\"plain_text\",\"text\":\"OK\"}}]},{\"type\":\"context\",\"elements\":[{\"type\":\"mrkdwn\",\"text\":\"c\"}]}],\"attachments\":[{\"fallback\":\"no\"}]", "c")]
    public void A_bots_text_may_be_only_in_attachments_or_blocks(string where, string expected)
    {
        var before = $$"""{{{where}},"subtype":"bot_message","text":"","ts":"1355517523.000005","bot_id":"B1"}""";
        var after = $$"""{"subtype":"bot_message","text":"","ts":"1355517523.000005","bot_id":"B1",{{where}}}""";
        var without = $$"""{"subtype":"bot_message","ts":"1355517523.000005","bot_id":"B1",{{where}}}""";
        Assert.Equal([expected, expected, expected], In(before, after, without).Texts());
    }

    [Fact]
    public void Rich_text_repeats_the_text_and_is_not_read_beside_it() => Assert.Equal("a", One("""
        {"user":"U1","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"b"}]}]}],
         "text":"a","ts":"1355517523.000005","attachments":[{"fallback":"c"}]}
        """).Text);

    [Theory]
    [InlineData("""{"subtype":"file_share","text":"<@U1> uploaded a file: x and commented: y","user":"U1","file":{"name":"x","initial_comment":{"comment":"y &lt;3"}},"ts":"1355517523.000005"}""", "y <3")]
    [InlineData("""{"file":{"name":"x"},"subtype":"file_share","text":"mine","user":"U1","ts":"1355517523.000005"}""", "mine")]
    [InlineData("""{"subtype":"file_share","text":"mine","user":"U1","files":[{"name":"x"}],"ts":"1355517523.000005"}""", "mine")]
    [InlineData("""{"subtype":"file_comment","text":"<@U1> commented on x: z","file":{"name":"x"},"comment":{"user":"U1","comment":"z"},"ts":"1355517523.000005"}""", "z")]
    public void The_words_of_an_old_upload_are_in_its_comment(string message, string expected)
    {
        var read = One(message);
        Assert.Equal((expected, "Ann", "x"), (read.Text, read.Author, Assert.Single(read.Attachments)));
    }

    [Theory]
    [InlineData("bot_add", "system message")]
    [InlineData("bot_remove", "system message")]
    [InlineData("tombstone", "deleted message")]
    [InlineData("channel_join", "system message")]
    [InlineData("channel_leave", "system message")]
    [InlineData("channel_name", "system message")]
    [InlineData("group_join", "system message")]
    [InlineData("channel_topic", "system message")]
    [InlineData("pinned_item", "system message")]
    [InlineData("unpinned_item", "system message")]
    [InlineData("huddle_thread", "system message")]
    public void System_events_are_skipped(string subtype, string reason) =>
        Assert.Equal((0L, 1L), Counts($$"""{"type":"message","subtype":"{{subtype}}","text":"a","user":"U1","ts":"1355517523.000005"}""", reason));

    [Theory]
    [InlineData("null", "null entry")]
    [InlineData("""{"type":"message","text":"","user":"U1","ts":"1355517523.000005"}""", "empty text")]
    [InlineData("""{"type":"message","text":null,"user":"U1","ts":"1355517523.000005","blocks":[]}""", "empty text")]
    [InlineData("""{"type":"message","text":"","user":"U1","ts":"1355517523.000005","files":[{"mode":"hidden_by_limit"}]}""", "media only")]
    [InlineData("""{"type":"message","subtype":"file_share","text":"<@U1|ann> uploaded a file: <https://example.org|x>","user":"U1","ts":"1355517523.000005","file":{"name":"x"}}""", "media only")]
    [InlineData("""{"type":"message","text":"","user":"U1","ts":"1355517523.000005","attachments":[{"is_share":true,"text":"theirs","fallback":"theirs"}]}""", "empty text")]
    [InlineData("""{"type":"message","text":"","user":"U1","ts":"1355517523.000005","attachments":[{"text":"theirs","is_msg_unfurl":true}]}""", "empty text")]
    [InlineData("""{"type":"message","text":"","user":"U1","ts":"1355517523.000005","attachments":[{"author_id":"U2","text":"theirs"}]}""", "empty text")]
    [InlineData("""{"type":"message","text":"x","hidden":true,"user":"U1","ts":"1355517523.000005"}""", "hidden message")]
    [InlineData("""{"type":"message","text":"x","user":"U00","ts":"1355517523.000005"}""", "system message")]
    public void What_has_no_words_of_anybody_is_skipped(string entry, string reason) => Assert.Equal((0L, 1L), Counts(entry, reason));

    [Theory]
    [InlineData("<@U1>", "@Ann")]
    [InlineData("<@U9>", "@U9")]
    [InlineData("<@U9|zed>", "@zed")]
    [InlineData("<#C1|general>", "#general")]
    [InlineData("<#C1|>", "#general")]
    [InlineData("<#C9>", "#C9")]
    [InlineData("<!here>", "@here")]
    [InlineData("<!here|here>", "@here")]
    [InlineData("<!subteam^S1|@crew>", "@crew")]
    [InlineData("<!date^1704153600^{date}|2 January>", "2 January")]
    [InlineData("<https://example.org/a|a &amp; b>", "a & b")]
    [InlineData("<https://example.org/a?b&amp;c>", "https://example.org/a?b&c")]
    [InlineData("<mailto:a@example.org|a@example.org>", "a@example.org")]
    [InlineData("<mailto:a@example.org>", "a@example.org")]
    [InlineData("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("&nbsp; & < > <> <a <b>", "&nbsp; & < > <> <a b")]
    public void Mentions_and_links_are_decoded_and_then_the_escapes_the_ampersand_last(string text, string expected) =>
        Assert.Equal(expected, One($$"""{"user":"U1","text":"{{text}}","ts":"1355517523.000005"}""").Text);

    [Fact]
    public void An_entry_is_known_as_edited() =>
        Assert.Equal([true, false, false], In(
            """{"user":"U1","text":"a","ts":"1355517523.000005","edited":{"user":"U1","ts":"1355517524.000000"}}""",
            """{"user":"U1","text":"a","ts":"1355517523.000006","edited":null}""", Plain).Messages().Select(m => m.Edited));

    [Theory]
    [InlineData("""[{"ts":"1355517523.000005","text":"a"},7]""", "[1], line 1, byte 39")]
    [InlineData("""[{"ts":"1355517523.000005","text":["a"]}]""", "[0], line 1, byte 34")]
    [InlineData("""[{"ts":"1355517523.000005","text":"a"}][]""", "line 1, byte 39")]
    public void What_breaks_the_rules_is_refused_with_its_place(string day, string place)
    {
        var error = TestExport.Of(day).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    [Fact]
    public void Wrong_types_elsewhere_are_taken_as_absent()
    {
        var message = One("""
            {"type":[],"subtype":7,"user":{},"text":"a","ts":"1355517523.000005","thread_ts":1,"username":[],"bot_id":{},"edited":"x",
             "files":{},"file":[],"attachments":"x","blocks":{},"user_profile":[],"bot_profile":"x","comment":[],"hidden":"yes"}
            """);
        Assert.Equal(("a", null, null, false), (message.Text, message.Author, message.ReplyTo, message.Edited));
    }

    [Theory]
    [InlineData("""[{"_id":"x","rid":"r","msg":"a","text":"a","ts":"1355517523.000005"}]""")]
    [InlineData("""[{"text":"a","ts":"yesterday"}]""")]
    [InlineData("""[{"text":"a"}]""")]
    public void Another_array_is_not_taken_for_a_day(string array) =>
        Assert.Equal(FileErrorKind.Unrecognised, TestExport.Of(array).Refusal().Kind);

    private const string Plain = """{"type":"message","user":"U1","text":"a","ts":"1355517523.000007"}""";

    private static TestExport In(params string[] messages)
    {
        var export = new SlackExport().User("U1", "ann", "Ann").Channel("C1", "general", "U1");
        foreach (var message in messages)
            export.Message("general", Day, message);
        return export.ToExport();
    }

    private static ParsedMessage One(string message) => Assert.Single(In(message).Messages());

    private static string? IdIn(SlackExport export) => Assert.Single(export.ToExport().Messages()).Conversation.Id;

    private static (long Messages, long Skipped) Counts(string entry, string reason)
    {
        var report = In(entry, Plain).Report();
        return (report.Messages - 1, report.Skipped.GetValueOrDefault(reason));
    }
}
