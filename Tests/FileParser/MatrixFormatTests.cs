using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class MatrixFormatTests
{
    [Fact]
    public void What_the_builder_put_in_comes_out()
    {
        var messages = MatrixExport.Small().Messages();
        Assert.Equal(
            [("$2", "Ann", "hello"), ("$3", "@bob:b.example", "hi"), ("$9", "Ann", "my cat"), ("$11", "Ann", "in a thread"), ("$13", "Ann", "new")],
            messages.Select(m => (m.Id!, m.Author!, m.Text)));
        Assert.All(messages, m => Assert.Equal(
            ("matrix", "!room:a.example", "The room"), (m.Conversation.Platform, m.Conversation.Id, m.Conversation.Title)));
        Assert.Equal([null, "$2", null, "$2", null], messages.Select(m => m.ReplyTo));
        Assert.Equal([true, false, false, false, true], messages.Select(m => m.Edited));
        Assert.Equal(["cat.jpg"], messages[2].Attachments);
        Assert.Equal("@bob:b.example", messages[1].AuthorId);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000), messages[0].SentAt);

        var report = MatrixExport.Small().Report();
        Assert.Equal(("matrix", 5L, 1, 2), (report.Format, report.Messages, report.Conversations, report.Participants));
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["system message"] = 2, ["edit"] = 1, ["deleted message"] = 1, ["encrypted message"] = 2, ["media only"] = 2, ["reaction"] = 1,
            },
            report.Skipped);
    }

    [Fact]
    public void Of_several_edits_the_last_one_counts_however_they_are_ordered()
    {
        var export = new MatrixExport().Text("$1", "a").Edit("$2", "$1", "c", at: 3).Edit("$3", "$1", "b", at: 2).ToExport();
        Assert.Equal(["c"], export.Texts());
        Assert.Equal(2, export.Report().Skipped["edit"]);
    }

    [Fact]
    public void An_edit_by_another_is_none() =>
        Assert.Equal(
            ["a", "forged"], new MatrixExport().Text("$1", "a").Edit("$2", "$1", "forged", "@eve:e.example").ToExport().Texts());

    [Fact]
    public void An_edit_of_what_is_not_in_the_export_stands_for_it()
    {
        var message = Assert.Single(new MatrixExport().Edit("$5", "$1", "b", at: 1).Edit("$6", "$1", "c", at: 2).ToExport().Messages());
        Assert.Equal(("$1", "c", true), (message.Id, message.Text, message.Edited));
    }

    [Fact]
    public void An_edit_before_its_message_is_read_once() =>
        Assert.Equal(["b"], new MatrixExport().Edit("$2", "$1", "b").Text("$1", "a").ToExport().Texts());

    [Fact]
    public void What_was_deleted_does_not_come_back_by_an_edit() =>
        Assert.Equal(["other"], new MatrixExport()
            .Event("$1", "m.room.message", "{}", more: "\"unsigned\":{\"redacted_by\":\"$3\"},")
            .Edit("$2", "$1", "gone")
            .Text("$4", "other").ToExport().Texts());

    [Fact]
    public void Where_the_server_has_put_the_edit_in_the_texts_place_it_is_read_as_edited()
    {
        var message = Assert.Single(new MatrixExport()
            .Text("$1", "new", more: "\"unsigned\":{\"m.relations\":{\"m.replace\":{\"event_id\":\"$2\",\"origin_server_ts\":1}}},").ToExport().Messages());
        Assert.Equal(("new", true), (message.Text, message.Edited));
    }

    [Fact]
    public void An_edit_that_is_encrypted_leaves_the_text_as_it_was_and_is_told()
    {
        var export = new MatrixExport()
            .Text("$1", "old", more: "\"unsigned\":{\"m.relations\":{\"m.replace\":{\"event_id\":\"$2\",\"content\":{\"ciphertext\":\"x\"}}}},").ToExport();
        Assert.Equal(["old"], export.Texts());
        Assert.Equal(["some edits are encrypted; what they changed is read as it was before"], export.Report().Warnings);
    }

    [Fact]
    public void Edits_take_only_so_much_memory()
    {
        var export = new MatrixExport().Text("$1", "a").Text("$2", "b").Edit("$3", "$1", "small").Edit("$4", "$2", "small as well");
        var read = new TestExport { Parsing = new ParsingOptions { MaxMessageBytes = 1024 } }.With("", export.ToJson());
        Assert.Equal(["small", "b"], read.Texts());
        Assert.StartsWith("there are more edits than fit", Assert.Single(read.Report().Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("> <@ann:a.example> first\n> second\n\nanswer\n> quoted by hand", "answer\n> quoted by hand")]
    [InlineData("> * <@ann:a.example> waves\n\nanswer", "answer")]
    [InlineData("> quoted by hand\nanswer", "> quoted by hand\nanswer")]
    [InlineData("answer", "answer")]
    public void What_an_answer_repeats_of_its_question_is_cut_off(string body, string expected) =>
        Assert.Equal([expected], new MatrixExport().Answer("$1", body).ToExport().Texts());

    [Fact]
    public void What_looks_like_a_repeated_question_is_kept_where_nothing_is_answered() =>
        Assert.Equal(["> <b> bold\n\nlike this"], new MatrixExport().Text("$1", "> <b> bold\n\nlike this").ToExport().Texts());

    [Fact]
    public void An_answer_that_only_repeats_is_empty() =>
        Assert.Equal(1, new MatrixExport().Answer("$1", "> <@ann:a.example> first").ToExport().Report().Skipped["empty text"]);

    [Fact]
    public void A_member_has_the_name_of_that_time() =>
        Assert.Equal(["@ann:a.example", "Ann", "Anna"], new MatrixExport()
            .Text("$1", "a")
            .Event("$2", "m.room.member", """{"membership":"join","displayname":"Ann"}""", more: "\"state_key\":\"@ann:a.example\",")
            .Text("$3", "b")
            .Event("$4", "m.room.member", """{"membership":"join","displayname":"Anna"}""", more: "\"state_key\":\"@ann:a.example\",")
            .Text("$5", "c").ToExport().Messages().Select(m => m.Author));

    [Fact]
    public void An_event_that_was_decrypted_is_a_message() =>
        Assert.Equal(["clear"], new MatrixExport()
            .Event("$1", "m.room.message", """{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"x","msgtype":"m.text","body":"clear"}""").ToExport().Texts());

    [Fact]
    public void A_poll_is_read_by_its_text() =>
        Assert.Equal(["Tea?\n1. yes\n2. no"], new MatrixExport()
            .Event("$1", "org.matrix.msc3381.poll.start", """{"org.matrix.msc1767.text":"Tea?\n1. yes\n2. no"}""").ToExport().Texts());

    [Theory]
    [InlineData("7", "an entry must be an event, an object with type and content")]
    [InlineData("""{"type":"m.room.message","sender":"@a:b","origin_server_ts":1,"content":{"body":7}}""", "body must be a text")]
    public void What_breaks_the_rules_is_refused(string entry, string detail)
    {
        var error = new MatrixExport().Text("$1", "a").Entry(entry).ToExport().Refusal();
        Assert.Equal((FileErrorKind.Damaged, detail), (error.Kind, error.Detail));
        Assert.StartsWith("messages[1], line ", error.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_lists_of_messages_are_refused() =>
        Assert.Equal(
            "the key messages occurs twice",
            TestExport.Of("""{"room_name":"r","exported_by":"a","messages":[],"messages":[]}""").Refusal().Detail);

    [Fact]
    public void What_is_told_of_a_message_may_be_of_any_kind_but_its_text() =>
        Assert.Equal(["a"], new MatrixExport().Entry(
            """
            {"type":"m.room.message","sender":7,"event_id":{},"room_id":[],"origin_server_ts":{},"state_key":1,"unsigned":[],
             "content":{"msgtype":[],"body":"a","m.relates_to":7,"m.new_content":"x","filename":{}}}
            """).Entry("null").Entry("{}").ToExport().Texts());
}
