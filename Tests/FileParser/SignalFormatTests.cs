using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.SignalExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class SignalFormatTests
{
    [Fact]
    public void What_the_builder_put_in_comes_out()
    {
        var messages = Small().Messages();
        Assert.Equal(
            [
                ("Ann Oak", "Ann Oak", "hello 😀"), ("Choir 🎶", "Pip", "all together"), ("Ann Oak", "Ina Own", "answer"),
                ("Ann Oak", "Ann Oak", "corrected"), ("Choir 🎶", "Ina Own", "with a file"),
            ],
            messages.Select(m => (m.Conversation.Title!, m.Author!, m.Text)));
        var report = Small().Report();
        Assert.Equal(("signal", 2, 5L, 3), (report.Format, report.Conversations, report.Messages, report.Participants));
        Assert.Equal((2L, 1L, 1L), (report.Skipped["system message"], report.Skipped["deleted message"], report.Skipped["media only"]));
        Assert.Equal(["notes.pdf"], messages[^1].Attachments);
    }

    [Fact]
    public void The_sent_time_is_milliseconds_in_a_text() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Start), Small().Messages()[0].SentAt);

    [Fact]
    public void A_header_with_an_account_and_no_chat_at_all_is_valid()
    {
        var report = TestExport.Of($"{Header}\n{Account}").Report();
        Assert.Equal(("signal", 0L), (report.Format, report.Messages));
        Assert.Equal("signal", TestExport.Of(Header).Report().Format);
    }

    [Fact]
    public void Ids_are_those_that_every_export_gives_not_the_numbers_of_one_file()
    {
        var renumbered = File(Item(10, 2, 0, Said("hello"))).Replace("d\":\"2\"", "d\":\"77\"", StringComparison.Ordinal)
            .Replace("d\":\"10\"", "d\":\"88\"", StringComparison.Ordinal);
        var read = Assert.Single(TestExport.Of(renumbered).Messages());
        var chat = Small().Messages()[0].Conversation.Id;
        Assert.Equal((chat, AciAsUuid, $"{AciAsUuid}:{Start}"), (read.Conversation.Id, read.AuthorId, read.Id));
    }

    [Fact]
    public void Two_accounts_share_their_groups_and_nothing_else()
    {
        var file = File(
            Item(10, 2, 0, Said("hello")), Item(10, 1, 1, Said("mine")), Item(11, 1, 2, Said("to all")), Item(11, 2, 3, Said("hers")),
            """{"chat":{"id":"13","recipientId":"1"}}""", Item(13, 1, 4, Said("note")));
        var ina = TestExport.Of(file).Messages();
        var uma = TestExport.Of(file.Replace("\"Ina\"", "\"Uma\"", StringComparison.Ordinal)).Messages();
        Assert.Equal([false, false, true, true, false], ina.Zip(uma, (a, b) => a.Conversation.Id == b.Conversation.Id));
        Assert.Equal([true, false, false, true, false], ina.Zip(uma, (a, b) => a.Id == b.Id));
    }

    [Fact]
    public void A_chat_without_id_is_recognised_by_its_messages_whatever_its_numbers()
    {
        var one = TestExport.Of(File(Item(99, 5, 0, Said("lost")), Item(99, 98, 1, Said("found")))).Messages();
        var other = TestExport.Of(File(Item(77, 5, 0, Said("lost")), Item(77, 76, 1, Said("found")))).Messages();
        Assert.Equal(one.Select(m => m.Id), other.Select(m => m.Id));
        Assert.Equal(2, one[0].Conversation.Sample.Count);
        Assert.Equal(one.Select(m => m.Id), one[0].Conversation.Sample.Select(mark => mark.Id));
    }

    [Fact]
    public void A_group_is_known_by_a_hash_of_its_key_never_by_the_key()
    {
        var id = Small().Messages()[1].Conversation.Id!;
        Assert.True(id.Length > 20);
        Assert.DoesNotContain("c2VjcmV0", id, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_message_is_its_last_text_at_its_first_time()
    {
        var edited = Small().Messages().Single(m => m.Edited);
        Assert.Equal(
            ("corrected", DateTimeOffset.FromUnixTimeMilliseconds(Start + 3000), $"{AciAsUuid}:{Start + 3000}"),
            (edited.Text, edited.SentAt, edited.Id));
    }

    [Fact]
    public void A_quote_is_a_reply_and_no_text()
    {
        var messages = Small().Messages();
        Assert.Equal(messages[0].Id, messages[2].ReplyTo);
        Assert.Equal("answer", messages[2].Text);
    }

    [Theory]
    [InlineData("\"poll\":{\"question\":\"Pizza?\",\"options\":[{\"option\":\"yes\"}]}", "Pizza?")]
    [InlineData("\"directStoryReplyMessage\":{\"textReply\":{\"text\":{\"body\":\"lovely\"}},\"reactions\":[]}", "lovely")]
    [InlineData("\"directStoryReplyMessage\":{\"emoji\":\"x\"}", "x")]
    [InlineData("\"paymentNotification\":{\"amountMob\":\"1\",\"note\":\"for lunch\"}", "for lunch")]
    [InlineData("\"standardMessage\":{\"attachments\":[{\"pointer\":{\"caption\":\"the view\"}}]}", "the view")]
    public void Words_are_found_wherever_they_stand(string what, string text) =>
        Assert.Equal([text], TestExport.Of(File(Item(10, 2, 0, what))).Texts());

    [Theory]
    [InlineData("\"stickerMessage\":{\"sticker\":{\"emoji\":\"x\"}}", "media only")]
    [InlineData("\"contactMessage\":{\"contact\":{}}", "media only")]
    [InlineData("\"viewOnceMessage\":{}", "media only")]
    [InlineData("\"giftBadge\":{}", "system message")]
    [InlineData("\"paymentNotification\":{}", "system message")]
    [InlineData("\"somethingNew\":{}", "system message")]
    [InlineData("\"adminDeletedMessage\":{\"adminId\":\"1\"}", "deleted message")]
    [InlineData("\"standardMessage\":{}", "empty text")]
    [InlineData("\"standardMessage\":null", "null entry")]
    [InlineData("\"viewOnceMessage\":{},\"standardMessage\":null", "media only")]
    [InlineData("\"remoteDeletedMessage\":null,\"viewOnceMessage\":{}", "media only")]
    [InlineData("\"standardMessage\":{\"text\":{}}", "empty text")]
    public void What_says_nothing_is_no_message(string what, string reason)
    {
        var report = TestExport.Of(File(Item(10, 2, 0, what), Item(10, 2, 1, Said("said")))).Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped[reason]));
    }

    [Fact]
    public void A_chat_that_refers_to_nobody_is_read_with_a_warning()
    {
        var export = TestExport.Of(File(Item(99, 98, 0, Said("lost"))));
        Assert.Equal(["lost"], export.Texts());
        Assert.Single(export.Report().Warnings);
    }

    [Fact]
    public void Reading_goes_on_from_any_ordinal()
    {
        var all = Small().Messages();
        for (var from = 0; from <= all.Count + 1; from++)
            Assert.Equivalent(all.Skip(from).ToList(), Small().Messages(from), strict: true);
    }

    [Theory]
    [InlineData("\"standardMessage\":{\"text\":{\"body\":5}}")]
    [InlineData("\"standardMessage\":{\"text\":\"x\"}")]
    [InlineData("\"standardMessage\":[]")]
    public void A_text_of_a_wrong_type_is_refused_with_its_place(string what)
    {
        var error = TestExport.Of(File(Item(10, 2, 0, Said("fine")), Item(10, 2, 1, what))).Refusal();
        Assert.Equal(FileErrorKind.Damaged, error.Kind);
        Assert.StartsWith("chatItem[1], line 12, ", error.Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""chatId":10,"authorId":2,"dateSent":"later","revisions":7""", """attachments":{},"quote":[]""")]
    [InlineData("""chatId":[],"authorId":{},"dateSent":null""", """attachments":[null,{"pointer":5}]""")]
    public void Other_fields_of_a_wrong_type_are_taken_as_absent(string fields, string more)
    {
        var item = $$$"""{"chatItem":{"{{{fields}}},"standardMessage":{"text":{"body":"a"},"{{{more}}} } } }""";
        var export = TestExport.Of($$"""
            {{Header}}
            {"recipient":{"id":2,"contact":5} }
            {"chat":7}
            {"account":[]}
            {{item}}
            """);
        Assert.Equal(["a"], export.Texts());
    }
}
