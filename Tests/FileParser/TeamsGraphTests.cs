using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.TeamsExport;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Microsoft Graph's lists of messages, and compliance exports, which are much alike.</summary>
public sealed class TeamsGraphTests
{
    [Theory]
    [InlineData("")]
    [InlineData("[")]
    public void Chat_messages_come_in_an_object_with_value_or_in_a_bare_list(string open)
    {
        string[] messages = [Graph("2", 2, "b"), Graph("1", 1, "a")];
        var export = TestExport.Of(open.Length == 0 ? Page(messages) : $"[{string.Join(',', messages)}]");
        Assert.Equal(["a", "b"], export.Texts());
        Assert.Equal("list of chat messages", export.Report().Variant);
    }

    [Fact]
    public void A_list_of_chat_messages_comes_out_as_it_was_put_in()
    {
        var messages = SmallList().Messages();
        Assert.Equal([("first Bo 🙂", "Ann", "u-1"), ("second", "Ann", "u-1")], messages.Select(m => (m.Text, m.Author!, m.AuthorId!)));
        Assert.Equal((Chat, 1L), (messages[0].Conversation.Id, SmallList().Report().Skipped["system message"]));
    }

    [Fact]
    public void A_compliance_export_is_a_bare_list_with_capitals_unsorted_and_with_events_from_nobody()
    {
        var export = TestExport.Of(List(
            Compliance("3", "19:b", 3, "b3"), Compliance("2", "19:a", 2, "<p>a2</p>"),
            Compliance("4", "19:a", 4, "<systemEventMessage/>", isEvent: true), Compliance("1", "19:b", 1, "b1"),
            Compliance("1", "19:a", 1, "a1")));
        Assert.Equal(
            [("19:b", "1", "b1"), ("19:b", "3", "b3"), ("19:a", "1", "a1"), ("19:a", "2", "a2")],
            export.Messages().Select(m => (m.Conversation.Id!, m.Id!, m.Text)));
        Assert.Equal((2, 1L), (export.Report().Conversations, export.Report().Skipped["system message"]));
    }

    [Fact]
    public void The_same_message_in_other_peoples_files_is_one_by_its_chat_and_id()
    {
        var export = new TestExport()
            .With("export/ann.json", List(Compliance("2", "19:a", 2, "two"), Compliance("1", "19:a", 1, "one")))
            .With("export/bo.json", List(
                Compliance("1", "19:a", 1, "one"), Compliance("3", "19:a", 3, "three"), Compliance("1", "19:b", 1, "other chat")));
        Assert.Equal(["one", "two", "three", "other chat"], export.Texts());
        Assert.Equal(1L, export.Report().Skipped["duplicate message"]);
    }

    [Theory]
    [InlineData(",\"replyToId\":\"77\"", "<p>yes</p>")]
    [InlineData(",\"attachments\":[{\"id\":\"77\",\"contentType\":\"messageReference\"}]", "<attachment id=\"77\"></attachment><p>yes</p>")]
    [InlineData("", "<blockquote itemtype=\"http://schema.skype.com/Reply\" itemid=\"77\"><b>Bo</b><p>hers</p></blockquote><p>yes</p>")]
    public void Replies_are_told_in_three_ways(string more, string html)
    {
        var read = Assert.Single(TestExport.Of(Page(Graph("78", 1, html, more))).Messages());
        Assert.Equal(("yes", "77"), (read.Text, read.ReplyTo));
        Assert.Empty(read.Attachments);
    }

    [Fact]
    public void Deleted_messages_are_skipped_and_edited_ones_marked()
    {
        var export = TestExport.Of(Page(
            Graph("1", 1, "gone", ",\"deletedDateTime\":\"2024-03-05T11:00:00Z\""),
            Graph("2", 2, "new", ",\"lastEditedDateTime\":\"2024-03-05T11:00:00Z\""),
            Graph("3", 3, "untouched")));
        Assert.Equal([("new", true), ("untouched", false)], export.Messages().Select(m => (m.Text, m.Edited)));
        Assert.Equal(1L, export.Report().Skipped["deleted message"]);
    }

    [Fact]
    public void Replies_within_a_post_are_messages_of_their_own()
    {
        var channel = ",\"channelIdentity\":{\"teamId\":\"t\",\"channelId\":\"19:c\"}";
        var reply = Graph("2", 2, "answer", channel + ",\"replyToId\":\"1\"", chat: "null");
        var export = TestExport.Of(Page(Graph("1", 1, "post", $"{channel},\"replies\":[{reply}]", chat: "null")));
        Assert.Equal(
            [("t/19:c", "post", null), ("t/19:c", "answer", "1")],
            export.Messages().Select(m => (m.Conversation.Id!, m.Text, m.ReplyTo)));
    }

    [Fact]
    public void Messages_that_name_no_chat_belong_to_the_one_of_the_list() =>
        Assert.Equal(Chat, Assert.Single(TestExport.Of(Page(Graph("1", 1, "hi", chat: "null"))).Messages()).Conversation.Id);

    [Fact]
    public void The_names_of_files_are_kept_and_a_file_alone_is_no_message()
    {
        const string File = ",\"attachments\":[{\"id\":\"f\",\"contentType\":\"reference\",\"name\":\"notes.docx\"}]";
        var export = TestExport.Of(Page(
            Graph("1", 1, "<p>read this</p>", File), Graph("2", 2, "<attachment id=\"f\"></attachment>", File)));
        Assert.Equal(["notes.docx"], Assert.Single(export.Messages()).Attachments);
        Assert.Equal(1L, export.Report().Skipped["media only"]);
    }

    [Fact]
    public void Enumerations_may_be_numbers()
    {
        var message = Compliance("1", Chat, 1, "1 < 2").Replace("\"html\"", "0", StringComparison.Ordinal);
        var export = TestExport.Of(List(
            message.Replace("\"MessageType\":\"message\"", "\"MessageType\":0", StringComparison.Ordinal),
            message.Replace("\"MessageType\":\"message\"", "\"MessageType\":4", StringComparison.Ordinal)
                .Replace("\"1\"", "\"2\"", StringComparison.Ordinal)));
        Assert.Equal(["1 < 2"], export.Texts());
        Assert.Equal(1L, export.Report().Skipped["system message"]);
    }

    [Fact]
    public void A_message_in_the_files_of_several_people_is_one_wherever_they_lie()
    {
        var export = new TestExport().With("ann/chats.json", List(Compliance("1", Chat, 1, "a"), Compliance("2", Chat, 2, "b")))
            .With("bo/chats.json", List(Compliance("2", Chat, 2, "b"), Compliance("3", Chat, 3, "c")));
        Assert.Equal(["a", "b", "c"], export.Texts());
        Assert.Equal((1, 1L), (export.Report().Conversations, export.Report().Skipped["duplicate message"]));
    }

    [Fact]
    public void A_page_without_messages_is_known_by_its_context()
    {
        Assert.Equal(("teams", 0L), (TestExport.Of(Page()).Report().Format, TestExport.Of(Page()).Report().Messages));
        Assert.Equal(
            FileErrorKind.Unrecognised,
            TestExport.Of("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[]}""").Refusal().Kind);
    }

    [Fact]
    public void Replies_that_name_no_conversation_belong_to_their_posts()
    {
        const string Bare = """{"id":"r","messageType":"message","createdDateTime":"2024-03-05T10:30:00Z","body":{"content":"reply"} }""";
        var post = Graph("1", 1, "post");
        foreach (var export in (string[])[$"[{post[..^1]},\"replies\":[{Bare}]}}]", $"[{{\"replies\":[{Bare}],{post.TrimStart()[1..]}]"])
            Assert.Equal([(Chat, "post"), (Chat, "reply")], TestExport.Of(export).Messages().Select(m => (m.Conversation.Id!, m.Text)));
    }

    [Fact]
    public void A_text_is_plain_where_the_body_says_so() =>
        Assert.Equal(["1 <2 &amp; <b>3</b>"], TestExport.Of(Page(Graph("1", 1, "1 <2 &amp; <b>3</b>", type: "text"))).Texts());

    private static string List(params string[] messages) => $"[{string.Join(',', messages)}]";
}
