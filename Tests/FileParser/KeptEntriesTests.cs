using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class KeptEntriesTests
{
    private static readonly ParsingOptions Keep = new() { OnDamage = OnDamage.Keep };

    [Theory]
    [InlineData("7")]
    [InlineData("[[1]]")]
    [InlineData("""{"text":7}""")]
    [InlineData("""{"author":"Bo"}""")]
    [InlineData("""{"text":"a\qb"}""")]
    [InlineData("""{"text":"a\u12"}""")]
    [InlineData("{\"text\":\"a\tb\"}")]
    [InlineData("{\"text\":\"a\0b\", \"more\": [\"\u0001\"]}")]
    [InlineData("""{"text":"x","number":NaN}""")]
    [InlineData("""{"text":"x","number":01}""")]
    [InlineData("nul")]
    public void An_entry_that_is_damaged_is_skipped_and_the_others_are_read(string entry)
    {
        var export = Kept($$"""{"messages":["one",{{entry}},{"text":"two"},"three"]}""");
        Assert.Equal(["one", "two", "three"], export.Texts());
        Assert.Equal(["three"], export.Messages(from: 2).Select(message => message.Text));
        var report = export.Report();
        Assert.Equal(("damaged", 1L), Assert.Single(report.Skipped.Select(reason => (reason.Key, reason.Value))));
        var warning = Assert.Single(report.Warnings);
        Assert.StartsWith("messages[1], line 1, byte ", warning, StringComparison.Ordinal);
        Assert.EndsWith("; it was skipped", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void What_is_no_UTF_8_damages_the_entry_that_it_stands_in(int entriesBetween)
    {
        var between = string.Concat(Enumerable.Repeat("\"ä\",", entriesBetween));
        byte[] bad = [.. "\"a"u8, 0xFF, .. "b\","u8];
        byte[] late = [.. "{\"text\":\"c\",\"other\":[\""u8, 0xC3, .. "\",{}]},"u8];
        var export = new TestExport { Parsing = Keep }.With("", (byte[])[
            .. "{\"messages\":["u8, .. bad, .. Encoding.UTF8.GetBytes(between), .. late, .. bad, .. bad, .. "\"end\"]}"u8]);
        Assert.Equal([.. Enumerable.Repeat("ä", entriesBetween), "end"], export.Texts());
        Assert.Equal(4, export.Report().Skipped["damaged"]);
        Assert.EndsWith(
            "; it was skipped, as was what is damaged in 3 more places", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_skipped()
    {
        var text = new string('x', 5000);
        var export = new TestExport { Parsing = new ParsingOptions { OnDamage = OnDamage.Keep, MaxMessageBytes = 1024 } }
            .With("", $$"""{"messages":["one","{{text}}",{"text":"{{text}}","author":"Bo"},{"text":"x","number":1{{new string('0', 600_000)}}},"two"]}""");
        Assert.Equal(["one", "two"], export.Texts());
        Assert.Equal(3, export.Report().Skipped["damaged"]);
    }

    [Theory]
    [InlineData("""{"messages":["one","two" "three","four"]}""")]
    [InlineData("""{"messages":["one","two",{"text":"x" "a":1},"four"]}""")]
    [InlineData("""{"messages":["one","two",{"text":["x"},"four"]}""")]
    [InlineData("{\"messages\":[\"one\",\"two\",\u0001\"three\"]}")]
    [InlineData("""{"messages":["one","two","three""")]
    public void Where_the_end_of_an_entry_cannot_be_told_the_file_ends(string file)
    {
        var export = Kept(file);
        Assert.Equal(["one", "two"], export.Texts());
        Assert.EndsWith("; what follows there was not read", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_damages_are_not_kept_is_refused_as_a_whole()
    {
        var refusal = TestExport.Of("""{"messages":["one",7,"two"]}""").Refusal();
        Assert.Equal("messages[1], line 1, byte 19", refusal.Place);
    }

    [Fact]
    public void A_file_of_which_every_entry_is_damaged_is_refused_with_the_first()
    {
        Assert.Equal("messages[0], line 1, byte 13", Kept("""{"messages":[7,8,9]}""").Refusal().Place);
    }

    [Fact]
    public void A_file_with_more_damages_than_files_have_is_read_up_to_there()
    {
        var export = Kept($"{{\"messages\":[\"one\",{string.Concat(Enumerable.Repeat("7,", 200_000))}\"two\"]}}");
        Assert.Equal("one", Assert.Single(ChatFile.Read(export.Open().Survey(), 0)).Text);
        Assert.Equal(100_000, export.Open().Survey().Report!.Skipped["damaged"]);
    }

    [Theory]
    [InlineData("taskmaster", """[{"utterances":[{"text":"one"},{"text":"BAD"},{"text":"two"}],"conversation_id":"c"}]""")]
    [InlineData("telegram", """
        {"messages":[{"id":1,"type":"message","date_unixtime":"1700000000","from":"Bo","from_id":"user1","text":"one"},{"text":"BAD"},
        {"id":3,"type":"message","date_unixtime":"1700000000","from":"Bo","from_id":"user1","text":"two"}],"id":1,"type":"personal_chat"}
        """)]
    [InlineData("discord", """
        {"messages":[{"id":"1","timestamp":"2024-01-01T00:00:01Z","content":"one","author":{"id":"3"}},{"content":"BAD"},
        {"id":"3","timestamp":"2024-01-01T00:00:03Z","content":"two","author":{"id":"3"}}],"messageCount":3,"channel":{"id":"2"}}
        """)]
    public void A_list_that_is_come_back_to_loses_but_the_entry_that_is_damaged(string format, string file)
    {
        var bytes = Encoding.UTF8.GetBytes(file);
        bytes[bytes.AsSpan().IndexOf("BAD"u8)] = 0xFF;
        var export = new TestExport { Parsing = Keep, Options = new ReadingOptions { Format = format } }.With("", bytes);
        Assert.Equal(["one", "two"], export.Texts());
        Assert.Equal(1, export.Report().Skipped["damaged"]);
    }

    /// <summary>A wrong type among the entries of each format that has a list of them.</summary>
    public static TheoryData<string, string, string[]> Lists => new()
    {
        {
            "a list of conversations",
            """
            [{"conversation_id":"c1","utterances":[{"index":0,"speaker":"A","text":"one"},{"index":1,"text":7},{"index":2,"text":"two"}]},
             {"conversation_id":"c2","utterances":7},
             {"conversation_id":"c3","utterances":[{"index":0,"text":"three"}]}]
            """,
            ["one", "two", "three"]
        },
        {
            "turns",
            """
            [{"id":"1","conversations":[{"from":"human","value":"one"},{"from":"gpt","value":7},{"from":"gpt","value":"two"},null]},
             {"id":"2","conversations":7},
             7,
             {"id":"3","conversations":[{"from":"human","value":"three"}]}]
            """,
            ["one", "two", "three"]
        },
        {
            "Slack's day",
            """
            [{"type":"message","user":"U1","text":"one","ts":"1355517523.000005"},{"type":"message","text":7,"ts":"1355517524.000005"},
             7,{"type":"message","user":"U1","text":"two","ts":"1355517525.000005"}]
            """,
            ["one", "two"]
        },
        {
            "Telegram's chat",
            """
            {"name":"Bo","type":"personal_chat","id":1,"messages":[
             {"id":1,"type":"message","date_unixtime":"1700000000","from":"Bo","from_id":"user1","text":"one"},
             7,{"id":2,"type":"message","date_unixtime":"1700000000","from":"Bo","from_id":"user1","text":7},
             {"id":3,"type":"message","date_unixtime":"1700000000","from":"Bo","from_id":"user1","text":"two"}]}
            """,
            ["one", "two"]
        },
        {
            "Matrix's room",
            """
            {"room_name":"r","exported_by":"me","messages":[
             {"type":"m.room.message","event_id":"$1","sender":"@a:b","origin_server_ts":1,"content":{"msgtype":"m.text","body":"one"}},
             7,{"type":"m.room.message","event_id":"$2","sender":"@a:b","origin_server_ts":1,"content":{"msgtype":"m.text","body":7}},
             {"type":"m.room.message","event_id":"$3","sender":"@a:b","origin_server_ts":1,"content":{"msgtype":"m.text","body":"two"}}]}
            """,
            ["one", "two"]
        },
        {
            "Messenger's thread",
            """
            {"participants":[{"name":"Bo"}],"messages":[{"sender_name":"Bo","timestamp_ms":3,"content":"two"},7,
             {"sender_name":"Bo","timestamp_ms":2,"content":7},{"sender_name":"Bo","timestamp_ms":1,"content":"one"}],"thread_path":"inbox/bo_1"}
            """,
            ["one", "two"]
        },
        {
            "Teams' conversations",
            """
            {"userId":"8:me","exportDate":"2024-01-01T00:00","conversations":[
             {"id":"1","MessageList":[
              {"id":"1700000000001","originalarrivaltime":"2024-01-01T00:00:01Z","messagetype":"Text","from":"8:a","content":"one"},7,
              {"id":"1700000000002","originalarrivaltime":"2024-01-01T00:00:02Z","messagetype":"Text","from":"8:a","content":"two"}]},
             {"id":"2","MessageList":7},
             {"id":"3","MessageList":[
              {"id":"1700000000003","originalarrivaltime":"2024-01-01T00:00:03Z","messagetype":"Text","from":"8:a","content":"three"}]}]}
            """,
            ["one", "two", "three"]
        },
        {
            "Discord's channel",
            """
            {"guild":{"id":"1","name":"g"},"channel":{"id":"2","name":"c"},"messages":[
             {"id":"1","timestamp":"2024-01-01T00:00:01Z","content":"one","author":{"id":"3","name":"Bo","isBot":false}},7,
             {"id":"2","timestamp":"2024-01-01T00:00:02Z","content":7,"author":{"id":"3","name":"Bo","isBot":false}},
             {"id":"3","timestamp":"2024-01-01T00:00:03Z","content":"two","author":{"id":"3","name":"Bo","isBot":false}}],"messageCount":4}
            """,
            ["one", "two"]
        },
        {
            "Discord's channel of which the newest stand first",
            """
            {"guild":{"id":"1","name":"g"},"channel":{"id":"2","name":"c"},"messages":[
             {"id":"1","timestamp":"2024-01-01T00:00:04Z","content":"two","author":{"id":"3","name":"Bo","isBot":false}},7,
             {"id":"2","timestamp":"2024-01-01T00:00:03Z","content":7,"author":{"id":"3","name":"Bo","isBot":false}},
             {"id":"3","timestamp":"2024-01-01T00:00:02Z","content":"one","author":{"id":"3","name":"Bo","isBot":false}}],"messageCount":4}
            """,
            ["one", "two"]
        },
        {
            "Discord's package",
            """
            [{"ID":1,"Timestamp":"2024-01-01 00:00:03","Contents":"two","Attachments":""},
             {"ID":2,"Timestamp":"2024-01-01 00:00:02","Contents":7,"Attachments":""},7,
             {"ID":3,"Timestamp":"2024-01-01 00:00:01","Contents":"one","Attachments":""}]
            """,
            ["one", "two"]
        },
        {
            "Zulip's messages",
            """
            {"zerver_message":[{"id":1,"sender":1,"recipient":1,"subject":"","content":"one","date_sent":1},7,
             {"id":2,"sender":1,"recipient":1,"subject":"","content":7,"date_sent":2},
             {"id":3,"sender":1,"recipient":1,"subject":"","content":"two","date_sent":3}]}
            """,
            ["one", "two"]
        },
        {
            "Rocket.Chat's answer",
            """
            {"messages":[{"_id":"1","rid":"r","msg":"two","ts":"2024-03-15T15:46:03.000Z","u":{"_id":"a","username":"a"}},7,
             {"_id":"2","rid":"r","msg":7,"ts":"2024-03-15T15:46:02.000Z","u":{"_id":"a","username":"a"}},
             {"_id":"3","rid":"r","msg":"one","ts":"2024-03-15T15:46:01.000Z","u":{"_id":"a","username":"a"}}]}
            """,
            ["one", "two"]
        },
        {
            "Mattermost's replies",
            """
            {"type":"version","version":1}
            {"type":"post","post":{"team":"t","channel":"c","user":"u","message":"one","create_at":1705311200000,"replies":[
             {"user":"v","message":"two","create_at":1705311200001},7,{"user":"v","message":7,"create_at":1705311200001},
             {"user":"v","message":"three","create_at":1705311200002}]}}
            """,
            ["one", "two", "three"]
        },
        {
            "ChatGPT's conversations, of which a damaged one is skipped whole",
            """
            [{"title":"a","conversation_id":"1","current_node":"n","mapping":{"n":{"message":{"id":"m","author":{"role":"user"},
             "content":{"content_type":"text","parts":["one"]}},"parent":null,"children":[]}}},
             {"title":"b","conversation_id":"2","current_node":"n","mapping":{"n":{"message":7}}},
             {"title":"c","conversation_id":"3","current_node":"n","mapping":{"n":{"message":{"id":"m","author":{"role":"user"},
             "content":{"content_type":"text","parts":["two"]}},"parent":null,"children":[]}}}]
            """,
            ["one", "two"]
        },
        {
            "Claude's conversations, of which a damaged one is skipped whole",
            """
            [{"uuid":"1","name":"a","chat_messages":[{"uuid":"m1","sender":"human","text":"one"}]},
             {"uuid":"2","name":"b","chat_messages":[{"uuid":"m2","sender":"human","text":"not this"},7]},
             {"uuid":"3","name":"c","chat_messages":[{"uuid":"m3","sender":"human","text":"two"}]}]
            """,
            ["one", "two"]
        },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void An_entry_of_a_wrong_type_leaves_all_others_of_its_list_to_be_read(string what, string file, string[] texts)
    {
        var export = Kept(file);
        Assert.True(texts.SequenceEqual(export.Texts()), $"{what}: {string.Join(", ", export.Texts())}");
        for (var from = 1; from < texts.Length; from++)
            Assert.True(texts[from..].SequenceEqual(export.Messages(from).Select(message => message.Text)), $"{what}, from {from}");
        Assert.True(export.Report().Skipped["damaged"] > 0, what);
        Assert.Contains(export.Report().Warnings, warning => warning.Contains("it was skipped", StringComparison.Ordinal));
        Assert.NotNull(TestExport.Of(file).Refusal().Place);
    }

    private static TestExport Kept(string file) => new TestExport { Parsing = Keep }.With("", file);
}
