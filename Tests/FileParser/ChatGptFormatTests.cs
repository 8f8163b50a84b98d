using System.Text.Json.Nodes;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.ChatGptExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class ChatGptFormatTests
{
    [Fact]
    public void What_was_put_in_comes_out()
    {
        var messages = Small().Messages();
        Assert.Equal(
            [
                ("c1", "Lunch “plans”", "m-n2", "user", 1700000001.0, "What is for lunch? 😀"),
                ("c1", "Lunch “plans”", "m-n7", "assistant", 1700000005.25, "Soup.  Or bread."),
                ("c2", null, "m-a", "user", 1700000100.0, "line\nbreak \"quoted\" \\"),
                ("c2", null, "m-b", "assistant", 1700000101.0, "seen"),
            ],
            messages.Select(m => (m.Conversation.Id!, m.Conversation.Title, m.Id!, m.Role!, Seconds(m), m.Text)));
        Assert.Equal([["menu.pdf"], [], [], ["sediment://x"]], messages.Select(m => m.Attachments));
        Assert.All(messages, m => Assert.Equal("chatgpt", m.Conversation.Platform));
    }

    [Fact]
    public void Messages_and_skipped_ones_add_up_to_the_nodes()
    {
        var report = Small().Report();
        Assert.Equal(("chatgpt", 2, 4L, 2), (report.Format, report.Conversations, report.Messages, report.Participants));
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["null entry"] = 2, ["hidden message"] = 1, ["other branch"] = 1, ["thought"] = 1, ["tool call"] = 1,
                ["message of weight 0"] = 1,
            },
            report.Skipped);
        Assert.Equal(11, report.Messages + report.Skipped.Values.Sum());
    }

    [Fact]
    public void An_array_a_list_in_an_object_lines_and_one_conversation_alone_are_read_alike()
    {
        JsonObject[] Two() => [Conversation("c1", "t", "a", Said("a", null, "user", "one")), Conversation("c2", "t", "a", Said("a", null, "user", "two"))];
        string[] both = ["one", "two"];
        Assert.Equal(both, TestExport.Of(ChatGptExport.Array(Two())).Texts());
        Assert.Equal(both, TestExport.Of(Envelope(Two())).Texts());
        Assert.Equal(both, TestExport.Of(string.Join('\n', Two().Select(c => c.ToJsonString()))).Texts());
        Assert.Equal(["one"], TestExport.Of(Two()[0].ToJsonString()).Texts());
    }

    [Fact]
    public void The_parts_of_a_sharded_export_are_one_export()
    {
        var shards = new TestExport()
            .With("export/conversations-001.json", ChatGptExport.Array(Conversation("c2", "t", "a", Said("a", null, "user", "two"))))
            .With("export/conversations-000.json", ChatGptExport.Array(Conversation("c1", "t", "a", Said("a", null, "user", "one"))))
            .With("export/user.json", """{"id":"u"}""");
        Assert.Equal(["one", "two"], shards.Texts());
        Assert.Equal((2, 2), (shards.Report().Conversations, shards.Report().FilesRead));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_part_that_is_not_as_large_as_the_manifest_says_is_warned_of(int more, int warnings)
    {
        var part = ChatGptExport.Array(Conversation("c1", "t", "a", Said("a", null, "user", "one")));
        var manifest = """
            {"version":1,"export_files":[{"path":"conversations-000.json","size_bytes":0}],
             "logical_files":{"conversations.json":{"files":["conversations-000.json"],"sharded":true}}}
            """.Replace(":0}", $":{part.Length + more}}}", StringComparison.Ordinal);
        var report = new TestExport().With("export_manifest.json", manifest).With("conversations-000.json", part).Report();
        Assert.Equal((1L, warnings), (report.Messages, report.Warnings.Count));
    }

    [Fact]
    public void A_part_that_the_manifest_names_and_is_not_there_is_warned_of()
    {
        const string Manifest = """
            {"version":1,"logical_files":{},"export_files":[{"path":"conversations-000.json","size_bytes":SIZE},
             {"path":"conversations-001.json","size_bytes":9},{"path":"file-abc.png","size_bytes":9}]}
            """;
        var part = ChatGptExport.Array(Conversation("c1", "t", "a", Said("a", null, "user", "one")));
        var report = new TestExport().With("export_manifest.json", Manifest.Replace("SIZE", $"{part.Length}", StringComparison.Ordinal))
            .With("conversations-000.json", part).Report();
        Assert.Equal(["conversations-001.json is missing, which the export's manifest names"], report.Warnings);
    }

    [Fact]
    public void The_order_is_the_walk_from_the_current_node_up_never_the_mappings() =>
        Assert.Equal(
            ["a", "b", "c"],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", "3",
                Said("3", "2", "user", "c", 1), Said("2", "1", "assistant", "b", 3), Said("x", "1", "assistant", "no", 9),
                Said("1", "0", "user", "a", 2), Root("0", "1")))).Texts());

    [Theory]
    [InlineData(null)]
    [InlineData("gone")]
    public void Without_a_usable_current_node_the_newest_leafs_branch_is_taken(string? current) =>
        Assert.Equal(
            ["q", "new"],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", current,
                Root("0", "1"), Said("1", "0", "user", "q", 1, "2", "3"), Said("3", "1", "assistant", "new", 3),
                Said("2", "1", "assistant", "old", 2)))).Texts());

    [Fact]
    public void A_leaf_without_a_time_is_as_new_as_what_it_follows() =>
        Assert.Equal(
            ["q", "new", "untimed"],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", null,
                Said("1", null, "user", "q", 1), Said("4", "3", "user", "untimed"), Said("3", "1", "assistant", "new", 3),
                Said("2", "1", "assistant", "old", 2)))).Texts());

    [Fact]
    public void Where_nodes_have_no_parent_or_children_at_all_the_order_is_by_time() =>
        Assert.Equal(
            ["a", "b", "c"],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", "2",
                Said("2", null, "assistant", "b", 2), Said("3", null, "user", "c", 3), Said("1", null, "user", "a", 1)))).Texts());

    [Fact]
    public void Where_nodes_have_children_but_no_parent_those_lead() =>
        Assert.Equal(
            ["a", "b"],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", "2",
                Said("2", null, "assistant", "b", 2), Said("x", null, "assistant", "no", 9), Said("1", null, "user", "a", 5, "x", "2")))).Texts());

    [Fact]
    public void Links_in_a_circle_end()
    {
        Assert.Equal(
            ["a", "b"],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", "2",
                Said("1", "2", "user", "a", 1), Said("2", "1", "assistant", "b", 2)))).Texts());
        Assert.Equal(
            ["a", "b"],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", null,
                Said("2", "1", "assistant", "b", 2), Said("1", "2", "user", "a", 1)))).Texts());
    }

    [Fact]
    public void A_current_node_may_be_a_thought() =>
        Assert.Equal(
            ["q", "answer"],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", "2", Said("1", null, "user", "q", 1),
                Of("2", "1", Message("2", "assistant", new() { ["content_type"] = "thoughts" }), "3"),
                Said("3", "2", "assistant", "answer", 3)))).Texts());

    [Fact]
    public void A_time_may_be_null() =>
        Assert.Equal(
            [("q", true), ("a", false)],
            TestExport.Of(ChatGptExport.Array(Conversation("c", "t", "2", Said("1", null, "user", "q", 1), Said("2", "1", "assistant", "a"))))
                .Messages().Select(message => (message.Text, message.SentAt is not null)));

    [Fact]
    public void A_mapping_may_be_missing()
    {
        var broken = Conversation("c1", "t", "a");
        broken.Remove("mapping");
        var export = TestExport.Of(ChatGptExport.Array(broken, Conversation("c2", "t", "a", Said("a", null, "user", "one"))));
        Assert.Equal(["one"], export.Texts());
        Assert.Single(export.Report().Warnings);
    }

    [Fact]
    public void Of_id_and_conversation_id_that_differ_the_latter_is_the_conversations()
    {
        var conversation = Conversation("c1", "t", "a", Said("a", null, "user", "one"));
        conversation["id"] = "other";
        Assert.Equal("c1", TestExport.Of(ChatGptExport.Array(conversation)).Messages()[0].Conversation.Id);
        conversation.Remove("conversation_id");
        Assert.Equal("other", TestExport.Of(ChatGptExport.Array(conversation)).Messages()[0].Conversation.Id);
    }

    [Fact]
    public void A_conversation_with_more_text_than_is_held_is_read_whole()
    {
        var nodes = Enumerable.Range(0, 20).Select(i =>
            Said($"{i}", i == 0 ? null : $"{i - 1}", "user", $"{i} {new string((char)('a' + i), 700)} 【1†】", i)).Reverse().ToArray();
        var json = ChatGptExport.Array(
            Conversation("c", "t", "19", nodes), Conversation("d", "t", "a", Said("a", null, "user", "after")));
        TestExport Export(int most) => new TestExport { Parsing = new ParsingOptions { MaxMessageBytes = most } }.With("", json);
        var texts = Export(1024).Texts();
        Assert.Equal(21, texts.Length);
        Assert.Equal(Export(1024 * 1024).Texts(), texts);
    }

    [Fact]
    public void Reading_from_an_ordinal_on_gives_the_rest_of_the_same() =>
        Assert.Equal(Small().Texts()[3..], Small().Messages(3).Select(message => message.Text));

    [Theory]
    [InlineData("""[{"mapping":{"b":{},"a":7},"title":"t"}]""", "[0].mapping[1], line 1, byte 24")]
    [InlineData("""[{"title":"t","mapping":{"b":{},"a":{"message":"x"}}}]""", "[0].mapping[1], line 1, byte 47")]
    [InlineData("""[{"title":"t","mapping":{"a":{"message":{"content":"x"}}}}]""", "[0].mapping[0], line 1, byte 51")]
    [InlineData("""[{"title":"t","mapping":{"a":{"message":{"content":{"parts":{}}}}}}]""", "[0].mapping[0], line 1, byte 60")]
    [InlineData("""[{"title":"t","mapping":{"a":{"message":{"content":{"text":7}}}}}]""", "[0].mapping[0], line 1, byte 59")]
    [InlineData("""[{"title":"t","mapping":{"a":{"message":{"content":{"parts":[7]}}}}}]""", "[0].mapping[0], line 1, byte 61")]
    [InlineData("""[{"title":"t","mapping":{}},{"mapping":[]}]""", "[1], line 1, byte 39")]
    [InlineData("""[{"title":"t","mapping":{},"mapping":{}}]""", "[0], line 1, byte 37")]
    [InlineData("""[{"title":"t","mapping":{}},7]""", "[1], line 1, byte 28")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place)
    {
        var error = TestExport.Of(export).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    [Fact]
    public void A_mapping_of_something_else_is_another_programs() =>
        Assert.Equal(FileErrorKind.Unrecognised, TestExport.Of("""[{"mapping":{"a":7},"title":"t"}]""").Refusal().Kind);

    [Fact]
    public void What_is_not_essential_may_be_of_any_kind()
    {
        var export = TestExport.Of("""
            [{"title":[],"current_node":{},"conversation_id":7,"mapping":{"a":{"parent":3,"children":"x","message":{"id":1,"author":[],
              "create_time":{},"content":{"content_type":4,"result":{},"parts":["words"]},"weight":"w","recipient":[],"metadata":"m"}}}}]
            """);
        Assert.Equal(["words"], export.Texts());
        Assert.NotEmpty(export.Report().Warnings);
    }

    private static double Seconds(ParsedMessage message) => (message.SentAt!.Value - DateTimeOffset.UnixEpoch).TotalSeconds;
}
