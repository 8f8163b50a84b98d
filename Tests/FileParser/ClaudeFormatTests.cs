using System.Text.Json.Nodes;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.ClaudeExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class ClaudeFormatTests
{
    private const string Placeholder = "This block is not supported on your current device yet.";

    [Fact]
    public void What_was_put_in_comes_out()
    {
        var messages = Small().Messages();
        Assert.Equal(
            [
                ("u1", "Trees 🌳", "m1", "human", "user", "acc-1", "Which tree \"grows\" fast?"),
                ("u1", "Trees 🌳", "m3", "assistant", "assistant", null, "A poplar.\nOr a willow."),
                ("u2", null, "o1", "human", "user", "acc-1", "A poem, s’il vous plaît"),
                ("u2", null, "o2", "assistant", "assistant", null, "Here:"),
            ],
            messages.Select(m => (m.Conversation.Id!, m.Conversation.Title, m.Id!, m.Author!, m.Role!, m.AuthorId, m.Text)));
        Assert.Equal([["garden.txt"], [], [], ["Poem"]], messages.Select(m => m.Attachments));
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 0, 0, 123, 456, TimeSpan.Zero), messages[0].SentAt);
        Assert.All(messages, m => Assert.Equal(("claude", SentZone.Exact), (m.Conversation.Platform, m.Zone)));
    }

    [Fact]
    public void Messages_and_skipped_ones_add_up_to_the_entries()
    {
        var report = Small().Report();
        Assert.Equal(("claude", 2, 4L, 2), (report.Format, report.Conversations, report.Messages, report.Participants));
        Assert.Equal(
            new Dictionary<string, long> { ["null entry"] = 1, ["other branch"] = 1, ["media only"] = 1 }, report.Skipped);
    }

    [Fact]
    public void An_array_a_list_in_an_object_lines_and_one_conversation_alone_are_read_alike()
    {
        var (one, two) = (Conversation("c1", "t", Said("a", "human", "one")), Conversation("c2", "t", Said("a", "human", "two")));
        string[] both = ["one", "two"];
        Assert.Equal(both, TestExport.Of(ClaudeExport.Array(one, two)).Texts());
        Assert.Equal(both, TestExport.Of($"{{\"conversations\":{ClaudeExport.Array(one, two)}}}").Texts());
        Assert.Equal(both, TestExport.Of($"{one.ToJsonString()}\n{two.ToJsonString()}\n").Texts());
        Assert.Equal(["one"], TestExport.Of(one.ToJsonString()).Texts());
    }

    [Fact]
    public void The_text_is_that_of_the_blocks_of_text() =>
        Assert.Equal(
            ["one\ntwo"],
            Of(Blocks("m", "assistant", null, null, Thinking("hm"), Text("one"), Tool(), Text("two")).With("text", "flat")).Texts());

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""[{"type":"text","text":""}]""")]
    [InlineData("""[{"type":"tool_use","name":"x"}]""")]
    public void Where_no_block_has_text_the_text_in_one_piece_is_taken(string content) =>
        Assert.Equal(["flat"], Of(Old("m", "assistant", "flat").With("content", JsonNode.Parse(content))).Texts());

    [Fact]
    public void The_text_in_one_piece_is_not_taken_where_it_repeats_the_reasoning()
    {
        var export = Of(Blocks("m", "assistant", null, null, Thinking("hm")).With("text", "hm"), Said("n", "human", "x"));
        Assert.Equal(["x"], export.Texts());
        Assert.Equal(1, export.Report().Skipped["thought"]);
    }

    [Fact]
    public void A_block_whose_type_comes_last_is_read_like_any() =>
        Assert.Equal(["a"], Of(Blocks("m", "human", null, null, new JsonObject { ["text"] = "a", ["type"] = "text" },
            new JsonObject { ["text"] = "b", ["type"] = "voice_note" })).Texts());

    [Theory]
    [InlineData($"```\n{Placeholder}\n```\n\nReal words", "Real words")]
    [InlineData(Placeholder + " Real words", "Real words")]
    [InlineData($"Real\n```\n{Placeholder}\n```\n words", "Real\n\n words")]
    public void The_placeholder_for_unsupported_blocks_is_dropped(string text, string kept)
    {
        Assert.Equal([kept], Of(Said("m", "assistant", text)).Texts());
        Assert.Equal([kept], Of(Old("m", "assistant", text)).Texts());
    }

    [Fact]
    public void An_answer_of_placeholders_only_is_skipped()
    {
        var export = Of(Blocks("m", "assistant", null, null, Tool(), Text($"```\n{Placeholder}\n```")).With("text", Placeholder),
            Said("n", "human", Placeholder));
        Assert.Equal([Placeholder], export.Texts());
        Assert.Equal(1, export.Report().Skipped["tool call"]);
    }

    [Theory]
    [InlineData("<antThinking>hm</antThinking>Words", "Words")]
    [InlineData("Words <antThinking>never closed", "Words")]
    [InlineData("One <antThinking>a</antThinking>two<antThinking a=\"b\">c</antThinking>", "One two")]
    public void Reasoning_in_older_exports_is_cut(string text, string kept) =>
        Assert.Equal([kept], Of(Old("m", "assistant", text)).Texts());

    [Theory]
    [InlineData("""See <antArtifact identifier="i" type="code" title="The tool">x > y</antArtifact> there""", "See  there", "The tool")]
    [InlineData("""See <antArtifact identifier="i" type="code">never closed""", "See", "i")]
    [InlineData("See <antArtifact>x</antArtifact>", "See", "artifact")]
    public void An_artifact_in_older_exports_is_an_attachment(string text, string kept, string attachment)
    {
        var message = Assert.Single(Of(Old("m", "assistant", text)).Messages());
        Assert.Equal((kept, attachment), (message.Text, Assert.Single(message.Attachments)));
    }

    [Fact]
    public void An_answer_that_is_nothing_but_an_artifact_is_media_only() =>
        Assert.Equal(1, Of(Old("m", "assistant", "<antThinking>x</antThinking><antArtifact title=\"t\">x</antArtifact>"), Said("n", "human", "x"))
            .Report().Skipped["media only"]);

    [Fact]
    public void A_person_may_speak_of_such_tags() =>
        Assert.Equal(["<antThinking>?</antThinking>"], Of(Old("m", "human", "<antThinking>?</antThinking>")).Texts());

    [Fact]
    public void The_order_is_by_time_stable_and_of_one_moment_the_person_first() =>
        Assert.Equal(
            ["q1", "a1", "q2", "a2", "a3"],
            Of(Said("5", "assistant", "a3", "2024-01-01T00:00:03Z"), Said("3", "assistant", "a2", "2024-01-01T00:00:02Z"),
                Said("4", "human", "q2", "2024-01-01T00:00:02Z"), Said("2", "assistant", "a1", "2024-01-01T00:00:01Z"),
                Said("1", "human", "q1", "2024-01-01T00:00:01Z")).Texts());

    [Fact]
    public void Turns_of_one_moment_stay_turns() =>
        Assert.Equal(
            ["q1", "a1", "q2", "a2"],
            Of(Said("2", "assistant", "a1", "2024-01-01T00:00:01Z"), Said("1", "human", "q1", "2024-01-01T00:00:01Z"),
                Said("4", "assistant", "a2", "2024-01-01T00:00:01Z"), Said("3", "human", "q2", "2024-01-01T00:00:01Z")).Texts());

    [Fact]
    public void A_message_without_a_time_stays_behind_the_one_before_it()
    {
        var messages = Of(Said("3", "human", "later", "2024-01-01T00:00:03Z"), Said("4", "assistant", "untimed"),
            Said("1", "human", "first", "2024-01-01T00:00:01Z")).Messages();
        Assert.Equal(["first", "later", "untimed"], messages.Select(message => message.Text));
        Assert.Null(messages[2].SentAt);
        Assert.Equal(["greeting", "q"], Of(Said("1", "assistant", "greeting"), Said("2", "human", "q")).Texts());
    }

    [Fact]
    public void Of_branches_the_active_one_is_kept()
    {
        var conversation = Conversation("c", "t",
            Said("q", "human", "q", "2024-01-01T00:00:01Z", Beginning), Said("a", "assistant", "old", "2024-01-01T00:00:02Z", "q"),
            Said("f", "human", "follow", "2024-01-01T00:00:04Z", "b"), Said("b", "assistant", "new", "2024-01-01T00:00:03Z", "q"),
            Said("x", "human", "another beginning", "2023-01-01T00:00:00Z", Beginning));
        var export = TestExport.Of(ClaudeExport.Array(conversation));
        Assert.Equal(["q", "new", "follow"], export.Texts());
        Assert.Equal(2, export.Report().Skipped["other branch"]);
        Assert.Equal(
            ["q", "old"],
            TestExport.Of(ClaudeExport.Array(conversation.With("current_leaf_message_uuid", "a"))).Texts());
    }

    [Fact]
    public void Where_a_link_is_torn_nothing_but_alternatives_is_left_out()
    {
        var export = Of(Said("q", "human", "q", "2024-01-01T00:00:01Z", Beginning), Said("a", "assistant", "a", "2024-01-01T00:00:02Z", "q"),
            Said("f", "human", "f", "2024-01-01T00:00:04Z", "gone"), Said("b", "assistant", "b", "2024-01-01T00:00:05Z", "f"));
        Assert.Equal(["q", "a", "f", "b"], export.Texts());
        Assert.Equal(["a", "b"], Of(Said("1", "human", "a", null, "2"), Said("2", "assistant", "b", null, "1")).Texts());
    }

    [Fact]
    public void A_list_of_messages_can_hold_null() => Assert.Equal(["a"], Of(null, Said("1", "human", "a"), null).Texts());

    [Fact]
    public void What_was_pasted_is_what_was_said_where_nothing_else_was()
    {
        var messages = Of(
            Said("1", "human", "").Attached("attachments", "", "a long paste"),
            Said("2", "human", "Shorter, please").Attached("attachments", "", "another paste"),
            Said("3", "human", "See this").Attached("attachments", "named.txt", "not what was said")).Messages();
        Assert.Equal(["a long paste", "Shorter, please", "See this"], messages.Select(message => message.Text));
        Assert.Equal([[], ["pasted text"], ["named.txt"]], messages.Select(message => message.Attachments));
    }

    [Theory]
    [InlineData("""{"extracted_content":"pasted words","file_size":7,"file_name":"","file_type":"txt"}""", "pasted words")]
    [InlineData("""{"extracted_content":"not what was said","file_name":"named.txt"}""", null)]
    [InlineData("""{"extracted_content":"not what was said"}""", null)]
    public void What_was_pasted_may_stand_before_the_name_that_it_has_not(string attachment, string? expected)
    {
        var pasted = Said("1", "human", "").With("attachments", new JsonArray(JsonNode.Parse(attachment), JsonNode.Parse("{}")));
        Assert.Equal(expected is null ? ["next"] : [expected, "next"], Of(pasted, Said("2", "assistant", "next")).Texts());
    }

    [Fact]
    public void Files_are_attachments_named_once() =>
        Assert.Equal(
            ["a.png"],
            Of(Said("1", "human", "x").Attached("files", "a.png").Attached("files_v2", "a.png")).Messages()[0].Attachments);

    [Fact]
    public void A_conversation_with_more_text_than_is_held_is_read_whole()
    {
        var json = ClaudeExport.Array(
            Conversation("c", "t", [.. Enumerable.Range(0, 20).Select(i =>
                (JsonNode)Said($"{i}", i % 2 == 0 ? "human" : "assistant", $"{i} {new string((char)('a' + i), 400)}", $"2024-01-01T00:00:{59 - i}Z")
                    .Attached("files", $"{i}.png"))]),
            Conversation("d", "t", Said("x", "human", "after")));
        TestExport Export(int most) => new TestExport { Parsing = new ParsingOptions { MaxMessageBytes = most } }.With("", json);
        Assert.Equal(21, Export(1024).Texts().Length);
        Assert.Equivalent(Export(1024 * 1024).Messages(), Export(1024).Messages());
    }

    [Fact]
    public void Reading_from_an_ordinal_on_gives_the_rest_of_the_same() =>
        Assert.Equal(Small().Texts()[1..], Small().Messages(1).Select(message => message.Text));

    [Fact]
    public void A_conversation_whose_messages_are_null_is_empty_and_the_others_are_read()
    {
        var export = TestExport.Of("""
            [{"uuid":"a","chat_messages":[{"uuid":"m","sender":"human","text":"a"}]},{"uuid":"b","chat_messages":null},
             {"uuid":"c","chat_messages":[{"uuid":"n","sender":"human","text":"c"}]}]
            """);
        Assert.Equal(["a", "c"], export.Texts());
        Assert.Equal(["a conversation whose chat_messages is null has no messages"], export.Report().Warnings);
    }

    [Fact]
    public void In_a_block_a_tag_is_what_was_said() =>
        Assert.Equal(
            ["write <antArtifact title=\"t\"> there"],
            TestExport.Of("""
                [{"uuid":"a","chat_messages":[{"uuid":"m","sender":"assistant","text":"",
                  "content":[{"type":"text","text":"write <antArtifact title=\"t\"> there"}]}]}]
                """).Texts());

    [Fact]
    public void A_conversations_ids_and_names_take_only_so_much_memory()
    {
        var messages = Enumerable.Range(0, 10).Select(i => $$"""{"uuid":"{{i}}{{new string('x', 200)}}","sender":"human","text":"a"}""");
        var export = new TestExport { Parsing = new() { MaxMessageBytes = 1024 } }
            .With("", $$"""[{"uuid":"a","chat_messages":[{{string.Join(",", messages)}}]}]""");
        Assert.StartsWith("a conversation whose ids and names are longer", export.Refusal().Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"uuid":"c","chat_messages":[7]}]""", "[0].chat_messages[0], line 1, byte 30")]
    [InlineData("""[{"uuid":"c","chat_messages":[null,{"text":7}]}]""", "[0].chat_messages[1], line 1, byte 43")]
    [InlineData("""[{"uuid":"c","chat_messages":[{"content":"x"}]}]""", "[0].chat_messages[0], line 1, byte 41")]
    [InlineData("""[{"uuid":"c","chat_messages":[{"content":[7]}]}]""", "[0].chat_messages[0], line 1, byte 42")]
    [InlineData("""[{"uuid":"c","chat_messages":[{"content":[{"type":"text","text":7}]}]}]""", "[0].chat_messages[0], line 1, byte 64")]
    [InlineData("""[{"chat_messages":[]},{"chat_messages":{}}]""", "[1], line 1, byte 39")]
    [InlineData("""[{"chat_messages":[]},{"uuid":"c"}]""", "[1], line 1, byte 22")]
    [InlineData("""[{"chat_messages":[],"chat_messages":[]}]""", "[0], line 1, byte 37")]
    [InlineData("""[{"chat_messages":[]}] []""", "line 1, byte 23")]
    [InlineData("[{\"chat_messages\":[]}]\n[]", "line 2, byte 23")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place)
    {
        var error = TestExport.Of(export).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    [Fact]
    public void What_is_not_essential_may_be_of_any_kind()
    {
        var export = TestExport.Of("""
            [{"uuid":3,"name":[],"account":"a","current_leaf_message_uuid":{},"chat_messages":[{"uuid":1,"sender":[],"created_at":{},
              "parent_message_uuid":7,"attachments":"a","files":[1,{"file_name":2}],"content":[{"type":4},null],"text":"words"}]}]
            """);
        Assert.Equal(["words"], export.Texts());
        Assert.NotEmpty(export.Report().Warnings);
    }
}
