using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class ZulipFormatTests
{
    private const string Realm = "1546300800.125";

    [Fact]
    public void What_is_in_an_export_comes_out()
    {
        var messages = ZulipExport.Small().Messages();
        Assert.Equal(
            [
                ("/31", "general", "101", "Bob", "launch ✔", "see [notes.txt](/user_uploads/2/ab/notes.txt) please"),
                ("/31", "general", "102", "Ann", "launch ✔", "ack @**Bob** :rocket: 😀"),
                ("/31", "general", "103", "Bob", "random", "later, in the first file"),
                ("/31", "general", "108", "Crab", "launch ✔", "Build passed"),
                ("/people 11,12", "Ann, Bob", "104", "Ann", null, "hi Bob"),
                ("/people 11,12", "Ann, Bob", "105", "Bob", null, "hi Ann"),
                ("/people 11", "Ann", "106", "Ann", null, "note to self"),
                ("/people 11,12,13", "Ann, Bob, Crab", "107", "Ann", null, "all three"),
            ],
            messages.Select(m => (m.Conversation.Id![Realm.Length..], m.Conversation.Title!, m.Id!, m.Author!, m.ReplyTo, m.Text)));
        var report = ZulipExport.Small().Report();
        Assert.Equal(("zulip", 4, 8L, 3, 4), (report.Format, report.Conversations, report.Messages, report.Participants, report.FilesRead));
        Assert.Equal(
            [("empty text", 1L), ("media only", 1L)],
            report.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public void A_message_knows_its_time_its_uploads_its_edit_and_whether_a_program_wrote_it()
    {
        var messages = ZulipExport.Small().Messages();
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1554100000250), messages[0].SentAt);
        Assert.Equal(["notes.txt"], messages[0].Attachments);
        Assert.Equal([false, true, false, false, false, false, false, false], messages.Select(m => m.Edited));
        Assert.Equal("bot", Assert.Single(messages, m => m.Role is not null).Role);
    }

    [Fact]
    public void Messages_of_several_files_come_in_the_order_of_time_a_conversation_after_the_other()
    {
        var messages = ReadInOrder.Everywhere(ZulipExport.Small());
        Assert.All(messages.GroupBy(m => m.Conversation.Id), conversation =>
            Assert.Equal(conversation.Select(m => m.SentAt).Order(), conversation.Select(m => m.SentAt)));
        Assert.Equal(4, messages.Select(m => m.Conversation.Id).Zip(messages.Skip(1).Select(m => m.Conversation.Id).Append("")).Count(p => p.First != p.Second));
    }

    [Fact]
    public void Without_realm_json_a_later_export_that_holds_more_gives_the_same_ids()
    {
        static ZulipExport Old(ZulipExport export) => export
            .Message(2, 3, 11, 31, "t", "c", 1554100002).Message(2, 1, 11, 31, "t", "a", 1554100001).Message(2, 2, 11, 31, "t", "b", 1554100001);
        var earlier = ReadInOrder.Everywhere(Old(new ZulipExport()).ToExport(withRealm: false));
        var later = ReadInOrder.Everywhere(Old(new ZulipExport().Message(1, 4, 12, 31, "t", "d", 1554100009)).ToExport(withRealm: false));
        Assert.Equal(3, earlier.Select(m => m.Id).Distinct().Count());
        Assert.Equal(earlier.Select(m => (m.Text, m.Id)).Order(), later.Take(3).Select(m => (m.Text, m.Id)).Order());
    }

    [Fact]
    public void What_the_notification_and_welcome_bots_say_is_skipped_as_system_messages()
    {
        var report = new ZulipExport().Message(1, 1, 14, 31, "channel events", "This topic was moved here", 1554300000)
            .Message(1, 2, 15, 34, "", "Welcome", 1554300001).Message(1, 3, 13, 31, "builds", "passed", 1554300002).ToExport().Report();
        Assert.Equal((1L, 2L), (report.Messages, report.Skipped["system message"]));
    }

    [Fact]
    public void A_moved_topic_does_not_make_messages_new()
    {
        var before = new ZulipExport().Message(1, 1, 11, 31, "old", "a", 1554100000).ToExport().Messages()[0];
        var after = new ZulipExport().Message(1, 1, 11, 31, "✔ old", "a", 1554100000).ToExport().Messages()[0];
        Assert.Equal((before.Conversation.Id, before.Id), (after.Conversation.Id, after.Id));
    }

    [Fact]
    public void Without_realm_json_conversations_are_recognised_by_their_messages()
    {
        var export = ZulipExport.Oddities().ToExport(withRealm: false);
        Assert.Equal((8L, 1), (export.Report().Messages, export.Report().Assumptions.Count));
        var message = export.Messages()[0];
        Assert.Equal((null, "12"), (message.Conversation.Id, message.Author));
        Assert.NotEmpty(message.Conversation.Sample);
    }

    [Fact]
    public void Without_realm_json_recipients_beyond_those_that_can_be_held_are_taken_for_the_last_one()
    {
        var export = new ZulipExport();
        for (var i = 1; i <= FoundEntries.MostConversations + 2; i++)
            export.Message(1, i, 11, i, "t", "a", 1554100000);
        var survey = export.Message(1, 1, 11, 7, "t", "of one that is held", 1554100001).ToExport(withRealm: false).Open().Survey();
        var last = ChatFile.Read(survey, FoundEntries.MostConversations - 1).Select(m => m.Conversation.Ordinal);
        Assert.Equal([49_999, 49_999, 49_999, 6], last);
        Assert.StartsWith("more than 50000 recipients", Assert.Single(survey.Report!.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_export_says_pub_date() => Assert.Equal(
        1554100000, Assert.Single(TestExport.Of("""{"zerver_message":[{"id":1,"content":"a","subject":"t","pub_date":1554100000.0}]}""").Messages())
            .SentAt!.Value.ToUnixTimeSeconds());

    [Fact]
    public void A_file_without_messages_is_read() => Assert.Equal(0, TestExport.Of("""{"zerver_message":[],"zerver_usermessage":[]}""").Report().Messages);

    [Theory]
    [InlineData("""{"zerver_message":[{"content":"a"},7]}""", "zerver_message[1], line 1, byte 35")]
    [InlineData("""{"zerver_message":[{"content":7}]}""", "zerver_message[0], line 1, byte 30")]
    [InlineData("""{"zerver_message":[{"content":"a"}],"zerver_message":[]}""", "line 1, byte 53")]
    [InlineData("""{"zerver_message":[{"content":"a"}]}{}""", "line 1, byte 36")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place)
    {
        var error = TestExport.Of(export).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    [Fact]
    public void Wrong_types_elsewhere_are_taken_as_absent()
    {
        var message = Assert.Single(TestExport.Of("""
            {"zerver_message":[null,{"id":"x","sender":[],"recipient":{},"subject":7,"content":"a","date_sent":[],"last_edit_time":null}]}
            """).Messages());
        Assert.Equal(("a", null, null, null, false), (message.Text, message.Author, message.SentAt, message.ReplyTo, message.Edited));
    }
}
