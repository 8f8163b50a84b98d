using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class RocketChatFormatTests
{
    public static TheoryData<string> Shapes => new("lines", "array", "answer");

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_is_in_an_export_comes_out(string shape)
    {
        var export = In(shape, RocketChatExport.Oddities());
        Assert.Equal(
            [
                ("R1", "m2", "id-ann", "Ann", "Hello 😀 &amp;"),
                ("R1", "m3", "id-bob", "Bob", "an answer"),
                ("R2", "m4", "id-bob", "Bob", "my cat"),
                ("R2", "m6", "id-bob", "Bob", "I agree"),
                ("R2", "m7", "id-crab", "builds", "Build 7\npassed"),
            ],
            export.Messages().Select(m => (m.Conversation.Id!, m.Id!, m.AuthorId!, m.Author!, m.Text)));
        var report = export.Report();
        Assert.Equal(("rocketchat", 2, 5L, 3), (report.Format, report.Conversations, report.Messages, report.Participants));
        Assert.Equal(
            [("deleted message", 1L), ("encrypted message", 1L), ("media only", 1L), ("system message", 1L)],
            report.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public void A_message_knows_its_thread_its_files_its_edit_and_whether_a_program_wrote_it()
    {
        var messages = RocketChatExport.Small().Messages();
        Assert.Equal([null, "m2", null, null, null], messages.Select(m => m.ReplyTo));
        Assert.Equal(["a.png"], messages[2].Attachments);
        Assert.Equal([true, false, false, false, false], messages.Select(m => m.Edited));
        Assert.Equal([null, null, null, null, "bot"], messages.Select(m => m.Role));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_stands_in_another_order_comes_in_that_of_time_a_room_after_the_other(string shape)
    {
        var messages = ReadInOrder.Everywhere(In(shape, new RocketChatExport()
            .Message("m5", "R2", "ann", "b2", 5000).Message("m4", "R1", "bob", "a2", 4000, "\"tmid\":\"m1\"")
            .Message("m0", "R1", "bob", "left", 4500, "\"t\":\"ul\"")
            .Message("m3", "R2", "bob", "b1", 3000).Message("m1", "R1", "ann", "a1", 1000, "\"bot\":true")));
        Assert.Equal([("m3", "b1"), ("m5", "b2"), ("m1", "a1"), ("m4", "a2")], messages.Select(m => (m.Id!, m.Text)));
        Assert.Equal([null, null, null, "m1"], messages.Select(m => m.ReplyTo));
        Assert.Equal([null, null, "bot", null], messages.Select(m => m.Role));
    }

    [Fact]
    public void An_answer_with_the_newest_first_gives_the_same_ids_when_a_later_one_holds_more()
    {
        static RocketChatExport Old(RocketChatExport export) => export
            .Message("5", null, "ann", "d", 4000).Message("4", null, "ann", "c", 4000).Message("3", null, "bob", "b", 3000)
            .Message("2", null, "ann", "a2", 1000).Message("1", null, "ann", "a1", 1000);
        var earlier = ReadInOrder.Everywhere(Old(new RocketChatExport()).Answer());
        var later = ReadInOrder.Everywhere(Old(new RocketChatExport().Message("6", null, "bob", "e", 5000)).Answer());
        Assert.Equal(["a1", "a2", "b", "c", "d"], earlier.Select(m => m.Text));
        Assert.Equal(earlier.Select(m => (m.Text, m.Id)), later.Take(5).Select(m => (m.Text, m.Id)));
        Assert.Equal(5, earlier.Select(m => m.Id).Distinct().Count());
        Assert.Equal(earlier.Select(m => m.Id).Order(), earlier[0].Conversation.Sample.Select(mark => mark.Id).Order());

        var one = new RocketChatExport().Message("2", null, "ann", "a2", 1000).Message("1", null, "ann", "a1", 1000).Answer().Messages();
        Assert.Equal(earlier.Take(2).Select(m => (m.Text, m.Id)).Order(), one.Select(m => (m.Text, m.Id)).Order());
    }

    [Fact]
    public void What_stood_before_a_damage_comes_in_order_where_damages_are_kept()
    {
        var whole = Encoding.UTF8.GetString(new RocketChatExport()
            .Message("m2", "R1", "ann", "late", 2000).Message("m1", "R1", "ann", "early", 1000).Answer().Files[0].Content);
        var export = new TestExport { Parsing = new() { OnDamage = Grains.FileParser.OnDamage.Keep } }.With("", whole[..whole.IndexOf("],\"count\"", StringComparison.Ordinal)] + ",7");
        Assert.Equal(["early", "late"], ReadInOrder.Everywhere(export).Select(m => m.Text));
        Assert.Single(export.Report().Warnings);
    }

    [Theory]
    [InlineData("\"2024-03-15T15:44:41.889Z\"")]
    [InlineData("{\"$date\":\"2024-03-15T15:44:41.889Z\"}")]
    [InlineData("{\"$date\":1710517481889}")]
    [InlineData("{\"$date\":{\"$numberLong\":\"1710517481889\"}}")]
    [InlineData("1710517481889")]
    public void A_time_is_written_in_several_ways(string time) => Assert.Equal(
        1710517481889, Assert.Single(new RocketChatExport().Message("m", "R", "ann", "a", 0, time: time).Lines().Messages()).SentAt!.Value.ToUnixTimeMilliseconds());

    [Fact]
    public void An_answer_without_rid_is_not_taken_for_the_prototypes_shape()
    {
        var export = new RocketChatExport().Message("m1", null, "ann", "a", 1710517481889).Message("m2", null, "bob", "b", 1710517481890).Answer();
        Assert.Equal(("rocketchat", "interface"), (export.Report().Format, export.Report().Variant));
        var message = export.Messages()[1];
        Assert.Equal((null, 2), (message.Conversation.Id, message.Conversation.Sample.Count));
    }

    [Fact]
    public void The_export_of_a_room_has_no_ids_and_is_recognised_by_its_messages()
    {
        var export = new TestExport().With("export/garden.json", """
            {"msg":"User joined the channel","username":"User_1","ts":"2024-03-15T15:44:41.889Z","type":"uj"}
            {"msg":"","username":"User_1","ts":"2024-03-15T15:44:42.889Z","attachments":[{"type":"file","title":"a.txt","title_link":"/f/a.txt","remote":false,"fileName":"a.txt"}]}
            {"msg":"roses","username":"User_2","ts":"2024-03-15T15:44:43.889Z"}

            """);
        var message = Assert.Single(export.Messages());
        Assert.Equal(("roses", "User_2", "garden", null), (message.Text, message.Author, message.Conversation.Title, message.Conversation.Id));
        Assert.Equal(message.Id, Assert.Single(message.Conversation.Sample).Id);
        Assert.Equal([("media only", 1L), ("system message", 1L)], export.Report().Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public void Masked_names_that_are_others_in_the_next_export_do_not_make_a_rooms_messages_others()
    {
        static TestExport Room(string first, string second) => TestExport.Of($$"""
            {"msg":"roses","username":"{{first}}","ts":"2024-03-15T15:44:43.889Z"}
            {"msg":"violets","username":"{{second}}","ts":"2024-03-15T15:44:43.889Z"}
            {"msg":"tulips","username":"{{first}}","ts":"2024-03-15T15:44:44.889Z"}
            """);
        var ids = Room("User_1", "User_2").Messages().Select(m => m.Id).ToArray();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids, Room("User_2", "User_1").Messages().Select(m => m.Id));
        Assert.Contains("masked", Assert.Single(Room("User_1", "User_2").Report().Assumptions), StringComparison.Ordinal);
        Assert.Empty(Room("User_", "ann").Report().Assumptions);
    }

    [Fact]
    public void Rooms_beside_the_messages_give_titles_and_participants()
    {
        var export = new TestExport()
            .With("dump/rocketchat_message.json", """{"_id":"m","rid":"R1","msg":"a","ts":{"$date":1710517481889},"u":{"_id":"x","username":"ann"}}""")
            .With("dump/rocketchat_room.json", """
                {"_id":"R1","t":"c","name":"garden","fname":"The garden","msgs":1,"usersCount":2,"usernames":["ann","bob"]}
                {"_id":"R2","t":"d","msgs":0,"usersCount":2,"usernames":["ann","crab"]}
                """);
        var conversation = Assert.Single(export.Messages()).Conversation;
        Assert.Equal(("R1", "The garden", "ann,bob"), (conversation.Id, conversation.Title, string.Join(',', conversation.Participants)));
    }

    [Theory]
    [InlineData("""{"messages":[{"_id":"m","msg":"a","ts":1,"u":{}},7]}""", "messages[1], line 1, byte 49")]
    [InlineData("""{"messages":[{"_id":"m","msg":"a","ts":1,"u":{}},{"_id":"m"}]}""", "messages[1], line 1, byte 49")]
    [InlineData("""{"messages":[{"_id":"m","msg":["a"],"ts":1,"u":{}}]}""", "messages[0], line 1, byte 30")]
    [InlineData("""{"messages":[{"_id":"m","msg":"a","ts":1,"u":{}}],"messages":[]}""", "line 1, byte 61")]
    [InlineData("""[{"_id":"m","msg":"a","ts":1,"u":{}}][]""", "line 1, byte 37")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place)
    {
        var error = TestExport.Of(export).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    [Fact]
    public void Wrong_types_elsewhere_are_taken_as_absent()
    {
        var message = Assert.Single(TestExport.Of("""
            [null,{"_id":7,"rid":[],"msg":"a","ts":[],"u":{"_id":7,"username":[],"name":{}},"alias":7,"t":[],"tmid":7,"file":"x","files":{},"attachments":"x","_hidden":"x","bot":"x"}]
            """).Messages());
        Assert.Equal(("a", null, null, null), (message.Text, message.Author, message.SentAt, message.ReplyTo));
    }

    private static TestExport In(string shape, RocketChatExport export) =>
        shape switch { "lines" => export.Lines(), "array" => export.Array(), _ => export.Answer() };
}
