using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.Exports;

namespace ChatAnalysis.Tests.FileParser;

public sealed class PrototypeFormatTests
{
    [Fact]
    public void Every_entry_counts_empty_and_null_ones_too()
    {
        Assert.Equal(
            ["a", "", "", "b", "", " "],
            Texts("""{"messages":["a","",null,{"text":"b"},{"content":null},{"message":" "}]}"""));
        Assert.Empty(Survey("""{"messages":["",null]}""").Report!.Skipped);
    }

    [Fact]
    public void A_single_object_of_roles_and_contents_has_a_message_an_entry()
    {
        const string Entry = """{"role":"user","content":"a"}""";
        var entries = string.Join(',', Enumerable.Repeat(Entry, 40));
        var export = $$"""{"messages":[{{entries}},{"role":"assistant","content":""},null,{"role":"user","text":"late"}]}""";
        Assert.Equal("prototype", Survey(export).Report!.Format);
        Assert.Equal(["a", "", "", "late"], Texts(export)[39..]);
    }

    [Fact]
    public void A_file_without_entries_has_no_messages()
    {
        var report = Survey("""{"messages":[]}""").Report!;
        Assert.Equal(("prototype", 0L, 0), (report.Format, report.Messages, report.Conversations));
    }

    [Theory]
    [InlineData("""{"text":"t","author":"Ann","timestamp":1700000000}""", "Ann", null)]
    [InlineData("""{"timestamp":1700000000000,"sender":"Ann","text":"t"}""", "Ann", null)]
    [InlineData("""{"text":"t","user":"Ann","role":"User","ts":"1700000000.000"}""", "Ann", "user")]
    [InlineData("""{"date":"2023-11-14T22:13:20Z","role":"Assistant","content":"t"}""", "Assistant", "assistant")]
    [InlineData("""{"message":"t","created_at":"2023-11-14 23:13:20+01:00","user":17}""", "17", null)]
    [InlineData("""{"te\u0078t":"t","author":"Ann","ts":1.7e9,"extra":{"text":5}}""", "Ann", null)]
    public void An_entry_may_name_its_fields_in_several_ways(string entry, string author, string? role)
    {
        var message = Assert.Single(Read($$"""{"messages":[{{entry}}]}"""));
        Assert.Equal(("t", author, role), (message.Text, message.Author, message.Role));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), message.SentAt);
        Assert.Null(message.Id);
    }

    [Theory]
    [InlineData("""{"text":"first","content":"second"}""")]
    [InlineData("""{"content":"second","text":"first"}""")]
    [InlineData("""{"text":"once","text":"first"}""")]
    [InlineData("""{"text":null,"message":"first"}""")]
    [InlineData("""{"text":"","content":"first"}""")]
    [InlineData("""{"content":"first","text":""}""")]
    public void Of_several_texts_the_first_kind_counts(string entry) =>
        Assert.Equal(["first"], Texts($$"""{"messages":[{{entry}}]}"""));

    [Fact]
    public void A_time_that_is_none_is_left_out() =>
        Assert.All(
            Read("""
                {"messages":[
                    {"text":"a","ts":"yesterday"},{"text":"b","ts":1e300},{"text":"c","ts":{}},{"text":"d","date":"3/4/25"}]}
                """),
            message => Assert.Null(message.SentAt));

    [Theory]
    [InlineData("""{"messages":["a","b",7]}""", "messages[2], line 1, byte 21")]
    [InlineData("{\"messages\":[\n\"a\",\n[\"b\"]]}", "messages[1], line 3, byte 19")]
    [InlineData("""{"messages":["a",{"other":"b"}]}""", "messages[1], line 1, byte 17")]
    [InlineData("""{"messages":[{"text":["b"]}]}""", "messages[0], line 1, byte 21")]
    [InlineData("""{"messages":["a",]}""", "messages[0], line 1, byte 17")]
    [InlineData("{\"messages\":[\"a\\x\"]}", "messages[0], line 1, byte 16")]
    [InlineData("{\"messages\":[\"a\",\"b\",\"\\u12x4\",\"d\"]}", "messages[2], line 1, byte 26")]
    [InlineData("{\"messages\":[\"a\",\"b\",\"\u0001\",\"d\"]}", "messages[2], line 1, byte 22")]
    [InlineData("""{"messages":["a"],"messages":["b"]}""", "line 1, byte 29")]
    [InlineData("""{"messages":["a"]}{"messages":["b"]}""", "line 1, byte 18")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place)
    {
        var error = Refusal(export);
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    [Theory]
    [InlineData("""{"guild":{"id":"1"},"channel":{"id":"2"},"messages":[{"id":"3","content":"hi"}]}""")]
    [InlineData("""{"messages":[{"id":"3","content":"hi"}],"messageCount":1,"channel":{}}""")]
    [InlineData("""{"messages":[{"content":"hi","author":{"name":"Ann","isBot":false}}]}""")]
    [InlineData("""{"name":"Ann","type":"personal_chat","id":5,"messages":[{"id":1,"type":"message","text":"hi"}]}""")]
    [InlineData("""{"messages":[{"text":"hi","from_id":"user5"}]}""")]
    [InlineData("""{"messages":[{"_id":"x","msg":"hi","ts":"2024-01-01","u":{"username":"ann"}}]}""")]
    [InlineData("""{"messages":[{"_id":"x","msg":"hi"}],"success":true}""")]
    [InlineData("""{"messages":[{"type":"m.room.message","content":{"body":"hi"}}],"room_name":"r"}""")]
    [InlineData("""{"messages":[{"sender_name":"Ann","timestamp_ms":1,"content":"hi"}],"participants":[]}""")]
    [InlineData("""{"messages":[{"senderName":"Ann","text":"hi","isUnsent":false}],"threadName":"t"}""")]
    public void Another_formats_messages_are_not_taken_for_the_prototypes(string export) =>
        Assert.NotEqual("prototype", Survey(export).Report?.Format);

    [Fact]
    public void However_much_stands_before_the_messages_they_are_found()
    {
        var picture = new string('x', 3_000_000);
        Assert.Equal(["a"], Texts("{\"picture\":\"" + picture + "\",\"messages\":[\"a\"]}"));
        Assert.Equal(FileErrorKind.Damaged, Refusal("{\"picture\":\"" + picture + "\",\"mess").Kind);
    }

    [Fact]
    public void Another_formats_mark_is_found_however_late_it_comes()
    {
        var entries = string.Join(',', Enumerable.Repeat($"\"{new string('x', 2000)}\"", 1000));
        var error = Refusal("{\"messages\":[" + entries + "],\"guild\":{}}");
        Assert.Equal(FileErrorKind.Unrecognised, error.Kind);
        Assert.Contains("guild", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_beyond_the_limit_fails_with_the_settings_name()
    {
        var options = new ParsingOptions { MaxMessageBytes = 2000 };
        Assert.Null(Survey($$"""{"messages":["{{new string('x', 2000)}}"]}""", options).Error);
        var error = Refusal($$"""{"messages":["a","{{new string('x', 2001)}}"]}""", options);
        Assert.Contains("Parsing:MaxMessageBytes", error.Detail, StringComparison.Ordinal);
        Assert.Equal("messages[1], line 1, byte 17", error.Place);
    }
}
