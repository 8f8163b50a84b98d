using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.TurnsExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class ShareGptFormatTests
{
    [Fact]
    public void What_was_put_in_comes_out() =>
        Assert.Equal(
            [
                ("s_0", "0", "system", "system", "Be kind"), ("s_0", "1", "human", "user", "¿Qué es \"eso\"?\n"),
                ("s_0", "2", "gpt", "assistant", "Un árbol 🌳"), (null, "0", "human", "user", "add 1"),
                (null, "1", "function_call", "function_call", "{\"name\": \"add\"}"), (null, "2", "observation", "tool", "2"),
                (null, "3", "gpt", "assistant", "It is 2"),
            ],
            SmallShareGpt().Messages().Select(m => (m.Conversation.Id?.Split('#')[0], m.Id!, m.Author!, m.Role!, m.Text)));

    [Fact]
    public void Messages_and_skipped_ones_add_up_to_the_turns()
    {
        var report = SmallShareGpt().Report();
        Assert.Equal(("sharegpt", 2, 7L, 2L), (report.Format, report.Conversations, report.Messages, report.Skipped["empty text"]));
    }

    [Fact]
    public void An_array_lines_and_one_conversation_alone_are_read_alike()
    {
        var (one, two) = (ShareGpt("a", ("human", "one")), ShareGpt("b", ("human", "two")));
        Assert.Equal(["one", "two"], TestExport.Of(TurnsExport.Array(one, two)).Texts());
        Assert.Equal(["one", "two"], TestExport.Of(Lines(one, two)).Texts());
        Assert.Equal(["one"], TestExport.Of(Lines(one)).Texts());
    }

    [Theory]
    [InlineData("human", "user")]
    [InlineData("user", "user")]
    [InlineData("gpt", "assistant")]
    [InlineData("bard", "assistant")]
    [InlineData("assistant", "assistant")]
    [InlineData("System", "system")]
    [InlineData("function_call", "function_call")]
    [InlineData("observation", "tool")]
    [InlineData("hummany", "hummany")]
    public void Whom_a_turn_is_from_gives_its_role(string from, string role) =>
        Assert.Equal(role, TestExport.Of(TurnsExport.Array(ShareGpt("a", (from, "x")))).Messages()[0].Role);

    [Fact]
    public void Ids_that_count_are_told_apart_by_how_the_conversation_begins()
    {
        var (id, other) = (IdOf("identity_0", "Who are you?"), IdOf("identity_0", "Who am I?"));
        Assert.StartsWith("identity_0#", id, StringComparison.Ordinal);
        Assert.NotEqual(id, other);
        Assert.Equal(id, IdOf("identity_0", "Who are you?"));
    }

    [Fact]
    public void A_conversation_has_the_same_id_however_its_texts_are_escaped()
    {
        const string Plain = """[{"id":"s_0","conversations":[{"from":"human","value":"é / 🌳"},{"from":"gpt","value":"b"}]}]""";
        var escaped = Plain.Replace("é / 🌳", "\\u00e9 \\/ \\ud83c\\udf33", StringComparison.Ordinal);
        Assert.Equal(TestExport.Of(Plain).Messages()[0].Conversation.Id, TestExport.Of(escaped).Messages()[0].Conversation.Id);
        Assert.NotEqual(IdOf("s_0", "a\nb"), IdOf("s_0", "a b"));
    }

    [Fact]
    public void The_id_of_a_conversation_without_escapes_stays_what_it_was() =>
        Assert.Equal("identity_0#90d0c8088ae7959b", IdOf("identity_0", "Who are you?"));

    [Theory]
    [InlineData("2f1b3c4d-24fc-4e54-ac61-2196f60e88fa")]
    [InlineData("2f1b3c4d24fc4e54ac612196f60e88fa")]
    public void An_id_that_was_drawn_or_is_a_hash_is_taken_as_it_is(string id) => Assert.Equal(id, IdOf(id, "a"));

    [Fact]
    public void A_turn_without_a_text_and_a_conversation_without_turns_are_passed_over_with_a_warning()
    {
        var export = TestExport.Of("""
            [{"conversations":[{"from":"human","value":"a"},{"from":"gpt","tool_calls":[{"name":"f"}]}]},{"id":"b","conversations":null}]
            """);
        Assert.Equal(["a"], export.Texts());
        Assert.Equal(1, export.Report().Skipped["empty text"]);
        Assert.Equal(2, export.Report().Warnings.Count);
    }

    [Fact]
    public void Some_write_role_and_content() =>
        Assert.Equal(
            [("user", "one"), ("assistant", "two")],
            TestExport.Of("""[{"conversations":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}]}]""")
                .Messages().Select(m => (m.Role!, m.Text)));

    [Fact]
    public void A_system_prompt_or_a_rejected_answer_beside_the_list_was_not_said() =>
        Assert.Equal(
            ["q"],
            TestExport.Of("""
                [{"system":"be kind","tools":"[]","conversations":[{"from":"human","value":"q"}],"rejected":{"from":"gpt","value":"no"}}]
                """).Texts());

    private static string? IdOf(string id, string text) =>
        TestExport.Of(TurnsExport.Array(ShareGpt(id, ("human", text)))).Messages()[0].Conversation.Id;

    [Theory]
    [InlineData("7")]
    [InlineData("\"0012\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void A_mere_number_identifies_no_conversation(string id) =>
        Assert.Null(TestExport.Of($$"""[{"conversations":[{"from":"human","value":"q"}],"id":{{id}} }]""").Messages()[0].Conversation.Id);

    [Theory]
    [InlineData("""[{"conversations":[{"from":"human","value":"a"},7]}]""", "[0].conversations[1], line 1, byte 48")]
    [InlineData("""[{"conversations":[{"from":"human","value":"a"},{"value":7}]}]""", "[0].conversations[1], line 1, byte 57")]
    [InlineData("""[{"conversations":[{"from":"human","value":"a"}]},{"id":"x"}]""", "[1], line 1, byte 50")]
    [InlineData("""[{"conversations":[{"from":"human","value":"a"}]},{"conversations":{}}]""", "[1], line 1, byte 67")]
    [InlineData("""[{"conversations":[{"from":"human","value":"a"}],"conversations":[]}]""", "[0], line 1, byte 65")]
    [InlineData("""[{"conversations":[{"from":"human","value":"a"}]},null]""", "[1], line 1, byte 50")]
    [InlineData("{\"conversations\":[{\"from\":\"human\",\"value\":\"a\"}]}\n7", "line 2, byte 49")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place)
    {
        var error = TestExport.Of(export).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }
}
