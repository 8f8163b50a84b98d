using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.Exports;

namespace ChatAnalysis.Tests.FileParser;

public sealed class OpenAiFormatTests
{
    [Fact]
    public void Each_line_is_a_conversation()
    {
        var messages = Read("""
            {"messages":[{"role":"User","content":"a","name":"Ann"},{"role":"assistant","content":"b"}]}

            {"messages":[{"role":"user","content":"c"}],"tools":[]}
            """);
        Assert.Equal(
            [(0, "Ann", "user", "a"), (0, "assistant", "assistant", "b"), (1, "user", "user", "c")],
            messages.Select(message => (message.Conversation.Ordinal, message.Author!, message.Role!, message.Text)));
        Assert.All(messages, message => Assert.Null(message.Id));
    }

    [Fact]
    public void A_single_line_is_read_as_one_of_many_would_be()
    {
        const string Line = """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"text","text":"b"}]}]}""";
        Assert.Equal("openai", Survey(Line).Report!.Format);
        Assert.Equal(["a", "b"], Texts(Line));
    }

    [Theory]
    [InlineData(""" "id":7,"type":"chat","model":"m" """)]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"f"}}],"parallel_tool_calls":false """)]
    [InlineData(""" "channel":"web","success":true,"conversation":"c" """)]
    public void A_line_may_say_more_than_its_messages(string more)
    {
        var line = $$"""{{{more}},"messages":[{"role":"user","content":"a","weight":0}]}""";
        Assert.Equal(["a", "a"], Texts($"{line}\r\n\r\n{line}\r\n"));
    }

    [Fact]
    public void Messages_without_text_are_skipped_and_counted_by_reason()
    {
        var report = Survey("""
            {"messages":[{"role":"user","content":""},{"role":"assistant","content":null,"tool_calls":[]},{"role":"assistant"}]}
            {"messages":[{"role":"user","content":[{"type":"image_url"}]},{"role":"user","content":[{"type":"text","text":""}]}]}
            {"messages":[{"role":"user","content":"x"}]}
            """).Report!;
        Assert.Equal((1L, 1), (report.Messages, report.Conversations));
        Assert.Equal(new Dictionary<string, long> { ["empty text"] = 2, ["no text"] = 3 }, report.Skipped);
    }

    [Fact]
    public void The_parts_of_a_content_that_are_text_are_its_lines() =>
        Assert.Equal(
            ["a\nb\nc"],
            Texts("""
                {"messages":[{"role":"user","content":[
                    "a",{"text":"b","type":"input_text"},{"type":"refusal","text":"no"},{"text":"c"}]}]}
                """));

    [Theory]
    [InlineData("{}", "line 2, byte 45")]
    [InlineData("[]", "line 2, byte 45")]
    [InlineData("{\"messages\":7}", "line 2, byte 57")]
    [InlineData("{\"messages\":[\"a\"]}", "messages[0], line 2, byte 58")]
    [InlineData("{\"messages\":[{\"text\":\"a\"}]}", "messages[0], line 2, byte 58")]
    [InlineData("{\"messages\":[{\"content\":7}]}", "messages[0], line 2, byte 69")]
    [InlineData("{\"messages\":[", "line 2, byte 58")]
    public void A_bad_line_is_refused_with_its_number(string line, string place)
    {
        var error = Refusal("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}\n" + line);
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }
}
