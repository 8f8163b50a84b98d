using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class DiscordFormatTests
{
    [Fact]
    public void What_the_builder_put_in_comes_out()
    {
        var messages = DiscordExport.Small().Messages();
        Assert.Equal(
            [("1", "hello"), ("2", "hi back"), ("5", "look"), ("6", "from afar"), ("7", "Build\nall green\ntests\n7")],
            messages.Select(m => (m.Id!, m.Text)));
        Assert.All(messages, m => Assert.Equal(("discord", "200", "Garden / general"), (m.Conversation.Platform, m.Conversation.Id, m.Conversation.Title)));
        Assert.All(messages, m => Assert.Equal(("Ann", "11"), (m.Author, m.AuthorId)));
        Assert.Equal([null, "1", null, null, null], messages.Select(m => m.ReplyTo));
        Assert.Equal([true, false, false, false, false], messages.Select(m => m.Edited));
        Assert.Equal(["b.txt", "Wave"], messages[2].Attachments);
        Assert.Equal("bot", messages[4].Role);
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 1, 123, TimeSpan.FromHours(1)), messages[0].SentAt);
        Assert.Equal(SentZone.Exact, messages[0].Zone);

        var report = DiscordExport.Small().Report();
        Assert.Equal(("discord", "DiscordChatExporter", 5L, 1), (report.Format, report.Variant, report.Messages, report.Conversations));
        Assert.Equal(new Dictionary<string, long> { ["system message"] = 1, ["media only"] = 1, ["empty text"] = 1 }, report.Skipped);
        Assert.Empty(report.Warnings);
    }

    [Theory]
    [InlineData("RecipientAdd")]
    [InlineData("RecipientRemove")]
    [InlineData("Call")]
    [InlineData("ChannelNameChange")]
    [InlineData("ChannelIconChange")]
    [InlineData("ChannelPinnedMessage")]
    [InlineData("GuildMemberJoin")]
    [InlineData("ThreadCreated")]
    [InlineData("8")]
    [InlineData("21")]
    [InlineData("46")]
    public void System_events_carry_made_up_content_and_are_told_by_their_type(string type) =>
        Assert.Equal(1, new DiscordExport().Message("1", "made up", type).ToExport().Report().Skipped["system message"]);

    [Theory]
    [InlineData("Default")]
    [InlineData("Reply")]
    [InlineData("20")]
    [InlineData("23")]
    [InlineData(null)]
    public void Messages_replies_and_answers_to_commands_are_messages_and_so_is_what_has_no_type(string? type) =>
        Assert.Equal(["said"], new DiscordExport().Message("1", "said", type).ToExport().Texts());

    [Fact]
    public void Type_and_guild_may_be_absent_in_older_exports()
    {
        var export = new DiscordExport { Guild = null, Channel = """{"id":"200","name":"general"}""" }.Message("1", "a", type: null).ToExport();
        Assert.Equal("general", Assert.Single(export.Messages()).Conversation.Title);
    }

    [Fact]
    public void Direct_messages_are_named_after_whom_they_are_with() =>
        Assert.Equal("Bob", Assert.Single(new DiscordExport
        {
            Guild = """{"id":"0","name":"Direct Messages"}""",
            Channel = """{"id":"200","type":"DirectTextChat","category":"Private","name":"Bob"}""",
        }.Message("1", "a").ToExport().Messages()).Conversation.Title);

    [Fact]
    public void Authors_that_are_written_alike_are_one_and_others_are_not()
    {
        var authors = Enumerable.Range(0, 600).Select(i => (Id: $"{i % 7}", Name: $"name {i % 7} {i % 13}", IsBot: i % 2 == 0)).ToList();
        var entries = authors.Select((author, i) => $$"""
            {"id":"{{i}}","type":"Default","content":"a",
             "author":{"id":"{{author.Id}}","name":"{{author.Name}}","isBot":{{(author.IsBot ? "true" : "false")}},"roles":[{"id":"1"}]} }
            """);
        var export = TestExport.Of(
            $$"""{"guild":{"id":"1"},"channel":{"id":"2"},"dateRange":{},"messages":[{{string.Join(",\n", entries)}}]}""");
        Assert.Equal(
            authors.Select(author => (author.Id, author.Name, author.IsBot ? "bot" : null)),
            export.Messages().Select(m => (m.AuthorId!, m.Author!, m.Role)));
    }

    [Fact]
    public void An_export_with_the_newest_first_comes_in_the_order_of_time()
    {
        var export = new DiscordExport().Message("3", "c", more: "\"attachments\": [{\"fileName\": \"c.txt\"}],")
            .Message("9", "made up", type: "Call").Message("2", "b", type: "Reply", more: "\"reference\": {\"messageId\": \"1\"},")
            .Message("1", "a", bot: true).ToExport();
        var messages = ReadInOrder.Everywhere(export);
        Assert.Equal([("1", "a", null), ("2", "b", "1"), ("3", "c", null)], messages.Select(m => (m.Id!, m.Text, m.ReplyTo)));
        Assert.Equal(("bot", "c.txt"), (messages[0].Role, Assert.Single(messages[2].Attachments)));
        Assert.Empty(export.Report().Warnings);
        Assert.Equal(1, export.Report().Skipped["system message"]);
    }

    [Fact]
    public void What_tells_the_channel_may_stand_behind_messages_in_another_order() =>
        Assert.Equal(
            ["a", "b", "c"],
            ReadInOrder.Everywhere(TestExport.Of("""
                {"messages":[{"id":"2","content":"b","timestamp":"2024-01-02T00:00:00Z"},{"id":"3","content":"c","timestamp":"2024-01-03T00:00:00Z"},
                 {"id":"1","content":"a","timestamp":"2024-01-01T00:00:00Z"}],"messageCount":3,"channel":{"id":"7","name":"x"}}
                """)).Select(m => m.Text));

    [Fact]
    public void A_message_without_a_time_stays_beside_the_one_before_it() => Assert.Equal(
        ["a", "b", "c"],
        ReadInOrder.Everywhere(TestExport.Of("""
            {"channel":{"id":"7"},"messageCount":3,"messages":[{"id":"3","content":"c","timestamp":"2024-01-03T00:00:00Z"},
             {"id":"2","content":"b"},{"id":"1","content":"a","timestamp":"2024-01-01T00:00:00Z"}]}
            """)).Select(m => m.Text));

    [Theory]
    [InlineData("]]")]
    [InlineData("{\"id\":\"7\",\"content\":[")]
    public void What_stood_before_a_damage_comes_in_order_where_damages_are_kept(string damage)
    {
        var whole = new DiscordExport().Message("3", "late").Message("2", "early").ToString();
        var kept = whole[..whole.LastIndexOf(']')] + ",";
        var export = new TestExport { Parsing = new() { OnDamage = Grains.FileParser.OnDamage.Keep } }.With("", kept + damage);
        Assert.Equal(["early", "late"], ReadInOrder.Everywhere(export).Select(m => m.Text));
        Assert.Single(export.Report().Warnings);
    }

    [Fact]
    public void A_count_that_differs_from_what_was_read_is_told()
    {
        var export = new DiscordExport { Count = 3 }.Message("1", "a").Message("2", "", type: "Call");
        Assert.Equal(["the export says that it holds 3 messages, but 2 are there"], export.ToExport().Report().Warnings);
    }

    [Fact]
    public void The_files_of_a_partitioned_channel_are_one_conversation()
    {
        var export = new TestExport()
            .With("general [200] [part 10].json", new DiscordExport().Message("3", "c").ToString())
            .With("general [200] [part 2].json", new DiscordExport().Message("2", "b").ToString())
            .With("general [200].json", new DiscordExport().Message("1", "a").ToString());
        Assert.Equal((1, 3L), (export.Report().Conversations, export.Report().Messages));
        Assert.All(export.Messages(), m => Assert.Equal("200", m.Conversation.Id));
        Assert.Equal(["a", "b", "c"], export.Texts().Order());
        Assert.Empty(export.Report().Warnings);
    }

    [Theory]
    [InlineData("""{"messageId": "1", "channelId": "200"}""", "1")]
    [InlineData("""{"messageId": "1"}""", "1")]
    [InlineData("""{"messageId": null, "channelId": "200"}""", null)]
    [InlineData("""{"messageId": "1", "channelId": "999"}""", null)]
    [InlineData("""{"type": "Forward", "messageId": "1", "channelId": "200"}""", null)]
    public void A_reference_within_the_channel_is_a_reply(string reference, string? expected) =>
        Assert.Equal(
            expected,
            Assert.Single(new DiscordExport().Message("2", "a", more: $"\"reference\": {reference},").ToExport().Messages()).ReplyTo);

    [Fact]
    public void The_text_of_a_forwarded_message_is_read_beside_ones_own() =>
        Assert.Equal(["see:\nold"], new DiscordExport().Message("1", "see:", more: """ "forwardedMessage": {"content": "old"},""").ToExport().Texts());

    [Fact]
    public void The_embeds_of_a_message_with_words_are_not_its_text() =>
        Assert.Equal(
            ["https://a.example"],
            new DiscordExport().Message("1", "https://a.example", more: """ "embeds": [{"title": "A page"}],""").ToExport().Texts());

    [Theory]
    [InlineData("""{"title":"Build","description":"green","fields":[{"name":"tests","value":"7"},{"value":"1","name":"skipped"}]}""")]
    [InlineData("""{"fields":[{"value":"7","name":"tests"},{"name":"skipped","value":"1"}],"description":"green","title":"Build"}""")]
    public void An_embed_is_its_title_its_description_and_then_its_fields(string embed) =>
        Assert.Equal(
            ["Build\ngreen\ntests\n7\nskipped\n1\nnext"],
            new DiscordExport().Message("1", "", more: $$"""
                "embeds": [{{embed}}, {"title": "next"}],
                """).ToExport().Texts());

    [Theory]
    [InlineData("{A}{G}{C}{M}", "Garden / general")]
    [InlineData("{A}{C}{M}{G}", "Garden / general")]
    [InlineData("{A}{M}{G}{C}", "Garden / general")]
    [InlineData("{A}{C}{M}", "general")]
    [InlineData("{A}\"guild\":null,{M}{C}", "general")]
    public void What_tells_the_server_may_stand_behind_the_messages(string order, string title)
    {
        var export = order.Replace("{A}", "\"dateRange\":{},", StringComparison.Ordinal)
            .Replace("{G}", """ "guild":{"id":"1","name":"Garden"},""", StringComparison.Ordinal)
            .Replace("{C}", """ "channel":{"id":"2","name":"general"},""", StringComparison.Ordinal)
            .Replace("{M}", """ "messages":[{"id":"1","content":"a"},{"id":"2","content":"b"}],""", StringComparison.Ordinal);
        var messages = TestExport.Of($"{{{export[..^1]}}}").Messages();
        Assert.Equal([("a", title), ("b", title)], messages.Select(m => (m.Text, m.Conversation.Title!)));
    }

    [Fact]
    public void What_tells_the_channel_may_stand_behind_its_messages() =>
        Assert.Equal("7", Assert.Single(TestExport.Of(
            """{"messages":[{"id":"1","content":"a"}],"messageCount":1,"channel":{"id":"7","name":"x"}}""").Messages()).Conversation.Id);

    [Theory]
    [InlineData("""[7]""", "an entry must be an object with id, type and content")]
    [InlineData("""[{"id":"1","content":["a"]}]""", "content must be a text")]
    [InlineData("""[{"id":"1","content":"","forwardedMessage":{"content":7}}]""", "content must be a text")]
    [InlineData("""[], "messages": []""", "the key messages occurs twice")]
    public void What_breaks_the_rules_is_refused(string messages, string detail) =>
        Assert.Equal(detail, TestExport.Of($$"""{"guild":{"id":"1"},"channel":{"id":"2"},"messages":{{messages}}}""").Refusal().Detail);

    [Fact]
    public void What_is_told_of_a_message_may_be_of_any_kind_but_its_text() =>
        Assert.Equal(["a"], new DiscordExport { Channel = """{"id":"2","name":{}}""" }.Entry(
            """
            {"id":7,"type":{},"timestamp":{},"timestampEdited":[],"content":"a","author":"x","attachments":{},"stickers":[7],
             "embeds":[7],"reference":"x","forwardedMessage":[]}
            """).Entry("null").ToExport().Texts());
}
