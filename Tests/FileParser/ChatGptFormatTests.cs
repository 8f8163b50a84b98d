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
    public void A_content_type_may_be_missing() =>
        Assert.Equal(["first", "words"], One(new() { ["parts"] = new JsonArray("words") }).Texts());

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
    public void Parts_mix_texts_and_objects() =>
        Assert.Equal(
            "one\nspoken\ntwo",
            One(new()
            {
                ["content_type"] = "multimodal_text",
                ["parts"] = new JsonArray("one", new JsonObject { ["content_type"] = "audio_transcription", ["text"] = "spoken" },
                    new JsonObject { ["content_type"] = "image_asset_pointer", ["asset_pointer"] = "file-service://f", ["metadata"] = null },
                    "", "two"),
            }).Texts()[1]);

    [Theory]
    [InlineData("""{"content_type":"code","language":"python","text":"print(1)"}""", "print(1)")]
    [InlineData("""{"content_type":"execution_output","text":"1"}""", "1")]
    [InlineData("""{"content_type":"whatever","parts":[],"result":"found","text":""}""", "found")]
    [InlineData("""{"content_type":"whatever","result":"found","text":"rather this"}""", "rather this")]
    [InlineData("""{"result":"r","text":"t","content_type":"text","parts":["this before all"]}""", "this before all")]
    [InlineData("""{"content_type":"system_error","name":"E","text":"it failed"}""", "it failed")]
    public void Where_there_are_no_parts_the_text_is_the_contents_text_then_its_result(string content, string text) =>
        Assert.Equal(text, One(JsonNode.Parse(content)!.AsObject()).Texts()[1]);

    [Theory]
    [InlineData("""{"content_type":"thoughts","thoughts":[{"summary":"s","content":"c"}],"source_analysis_msg_id":"x"}""", "thought")]
    [InlineData("""{"content_type":"reasoning_recap","content":"Thought for a minute"}""", "thought")]
    [InlineData("""{"content_type":"tether_quote","url":"u","domain":"d","title":"t","text":"page"}""", "scraped page")]
    [InlineData("""{"content_type":"sonic_webpage","url":"u","title":"t","text":"page","snippet":"s"}""", "scraped page")]
    [InlineData("""{"content_type":"tether_browsing_display","result":"page","summary":null}""", "scraped page")]
    [InlineData("""{"content_type":"text","parts":[""]}""", "empty text")]
    [InlineData("""{"content_type":"text","parts":[" \n\u00a0"]}""", "empty text")]
    [InlineData("""{"content_type":"text","parts":["\ue200cite\ue202turn0search0\ue201"]}""", "empty text")]
    [InlineData("""{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer","asset_pointer":"p"}]}""", "media only")]
    public void Thoughts_scraped_pages_and_what_has_no_text_are_skipped(string content, string reason)
    {
        var report = One(JsonNode.Parse(content)!.AsObject(), role: "tool").Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped[reason]));
    }

    [Theory]
    [InlineData("weight", "0", "message of weight 0")]
    [InlineData("weight", "0.0", "message of weight 0")]
    [InlineData("recipient", "\"python\"", "tool call")]
    [InlineData("metadata", """{"is_visually_hidden_from_conversation":true}""", "hidden message")]
    [InlineData("author", """{"role":"system"}""", "system message")]
    public void Weight_0_hidden_ones_system_ones_and_other_recipients_are_skipped(string key, string value, string reason)
    {
        var message = Message("b", "assistant", Text("words"), 2).With(key, JsonNode.Parse(value));
        var report = TestExport.Of(ChatGptExport.Array(
            Conversation("c", "t", "b", Said("a", null, "user", "first", 1, "b"), Of("b", "a", message)))).Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped[reason]));
    }

    [Fact]
    public void Custom_instructions_are_kept()
    {
        Assert.Equal(
            ["first", "I bake\nBe brief"],
            One(Text(""), "system", new()
            {
                ["is_user_system_message"] = true,
                ["user_context_message_data"] = new JsonObject { ["about_user_message"] = "I bake", ["about_model_message"] = "Be brief" },
            }).Texts());
        Assert.Equal(
            ["first", "I bake\nBe brief"],
            One(new() { ["content_type"] = "user_editable_context", ["user_profile"] = "I bake", ["user_instructions"] = "Be brief" },
                "system", new() { ["is_user_system_message"] = true }).Texts());
    }

    [Theory]
    [InlineData("as said【12†L3-L5】.", "as said.")]
    [InlineData("【4:0†source】 begins", " begins")]
    [InlineData("a \uE200cite\uE202turn0search1\uE202turn0news2\uE201b", "a b")]
    [InlineData("\uE203marked words\uE204 \uE202turn0search1 stay", "marked words  stay")]
    [InlineData("【a title】 and 【open", "【a title】 and 【open")]
    [InlineData("open \uE200cite", "open cite")]
    [InlineData("【【1†x】", "【")]
    public void Citation_marks_are_stripped(string text, string stripped) => Assert.Equal(stripped, One(Text(text)).Texts()[1]);

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
