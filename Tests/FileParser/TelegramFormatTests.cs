using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class TelegramFormatTests
{
    private const string Note = "the file is not quite JSON, as Telegram Desktop writes it at times; what it meant was read";

    [Fact]
    public void What_the_builder_put_into_a_whole_account_comes_out()
    {
        var export = TelegramExport.Small();
        var messages = export.Messages();
        Assert.Equal(
            [
                ("user11", "1@1700000001", "first"), ("user11", "2@1700000002", "see https://a.example and tell"),
                ("user11", "5@1700000005", "a\vb"), ("user11", "6@1700000006", "so 🙂!"), ("user11", "8@1700000008", "Tea?\nyes\nno"),
                ("user11", "9@1700000009", "up\u2028down"), ("user11", "10@1700000010", "note"), ("channel-11", "1", "hello"),
            ],
            messages.Select(m => (m.Conversation.Id!, m.Id!, m.Text)));
        Assert.Equal([false, true, false, false, false, false, false, false], messages.Select(m => m.Edited));
        Assert.Equal(("1@1700000001", "user11", "Ann"), (messages[2].ReplyTo, messages[2].AuthorId, messages[2].Author));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_001), messages[0].SentAt);
        Assert.Equal(["a b.pdf"], messages[6].Attachments);

        var report = export.Report();
        Assert.Equal(("telegram", "whole account", 8L), (report.Format, report.Variant, report.Messages));
        Assert.Equal(
            new Dictionary<string, long> { ["system message"] = 1, ["unsupported message"] = 1, ["media only"] = 1 }, report.Skipped);
        Assert.Equal([Note], report.Warnings);
        Assert.Empty(report.Assumptions);
    }

    [Fact]
    public void One_chat_has_name_type_and_id_at_the_root()
    {
        var export = new TelegramExport().Message(1, "user11", "Ann", "\"hi\"").ToExport();
        var conversation = Assert.Single(export.Messages()).Conversation;
        Assert.Equal(("telegram", "user11", "Ann"), (conversation.Platform, conversation.Id, conversation.Title));
        Assert.Equal("one chat", export.Report().Variant);
        Assert.Empty(export.Report().Warnings);
    }

    [Fact]
    public void A_whole_account_without_chats_has_no_messages() =>
        Assert.Equal(0, TestExport.Of("""{"about":"a","personal_information":{"user_id":1},"contacts":{"list":[]}}""").Report().Messages);

    [Fact]
    public void An_accounts_chats_are_found_behind_whatever_comes_before_them()
    {
        var contacts = string.Join(",", Enumerable.Repeat("""{"first_name":"A","phone_number":"+1"}""", 40_000));
        var chat = new TelegramExport().Message(1, "user1", "A", "\"a\"");
        Assert.Equal(["a"], Exports.Texts($$$"""{"about":"a","contacts":{"list":[{{{contacts}}}]},"chats":{"list":[{{{chat}}}]}}"""));
    }

    [Fact]
    public void What_tells_the_chat_may_stand_behind_its_messages() =>
        Assert.Equal(
            "channel7",
            Assert.Single(TestExport.Of(
                """{"messages":[{"id":1,"from_id":"user1","text":"a"}],"id":7,"type":"public_channel","name":"N"}""").Messages()).Conversation.Id);

    [Fact]
    public void A_chats_name_may_stand_behind_its_messages()
    {
        const string Chat = """{"id":7,"type":"personal_chat","messages":[{"id":1,"text":"a"},{"id":2,"text":"b"}],"name":"N"}""";
        var messages = TestExport.Of($$$"""{"chats":{"list":[{{{Chat}}},{{{Chat.Replace('7', '8')}}}]}}""").Messages();
        Assert.Equal(["a", "b", "a", "b"], messages.Select(m => m.Text));
        Assert.All(messages, m => Assert.Equal("N", m.Conversation.Title));
    }

    [Fact]
    public void A_name_may_be_missing_or_null_and_an_id_negative()
    {
        Assert.Null(Conversation(new TelegramExport { Name = null }).Title);
        Assert.Null(Assert.Single(TestExport.Of(
            """{"name":null,"type":null,"id":-5,"messages":[{"id":1,"from_id":"user1","text":"a"}]}""").Messages()).Conversation.Title);
        Assert.Equal("chat-5", Conversation(new TelegramExport { Id = "-5", Type = "private_group" }).Id);
        Assert.Equal("-5", Conversation(new TelegramExport { Id = "-5", Type = null }).Id);
    }

    [Theory]
    [InlineData("5", "private_group", "chat5")]
    [InlineData("4294967301", "private_group", "chat5")]
    [InlineData("8589934597", "public_channel", "channel5")]
    [InlineData("5000000005", "personal_chat", "user5000000005")]
    public void Users_groups_and_channels_with_the_same_number_are_not_the_same(string id, string type, string expected) =>
        Assert.Equal(expected, Conversation(new TelegramExport { Id = id, Type = type }).Id);

    [Theory]
    [InlineData("11", "user11")]
    [InlineData("4294967307", "chat11")]
    [InlineData("8589934603", "channel11")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    public void A_sender_may_be_an_integer(string number, string expected) =>
        Assert.Equal(expected, One($$"""{"id":1,"type":"message","from":"A","from_id":{{number}},"text":"a"}""").AuthorId);

    [Theory]
    [InlineData("personal_chat")]
    [InlineData("private_group")]
    public void Two_accounts_may_number_different_messages_alike_but_in_supergroups(string type)
    {
        Assert.NotEqual(IdOf(type, time: 1), IdOf(type, time: 2));
        Assert.Equal(IdOf(type, time: 1), IdOf(type, time: 1));
        Assert.Equal("7", IdOf("private_supergroup", time: 1));
        static string? IdOf(string type, int time) => Assert.Single(new TelegramExport { Type = type }
            .Entry($$"""{"id":7,"type":"message","date_unixtime":"{{time}}","from_id":"user1","text":"a"}""").ToExport().Messages()).Id;
    }

    [Fact]
    public void A_message_has_the_same_id_in_an_export_of_its_chat_and_of_the_whole_account()
    {
        var chat = new TelegramExport().Message(1, "user11", "Ann", "\"a\"");
        var account = new TestExport().With("", TelegramExport.Account(chat, new TelegramExport { Id = "12" }));
        var (alone, among) = (Assert.Single(chat.ToExport().Messages()), Assert.Single(account.Messages()));
        Assert.Equal((alone.Conversation.Id, alone.Id), (among.Conversation.Id, among.Id));
    }

    [Fact]
    public void What_is_answered_and_not_in_the_export_has_no_id_where_each_account_counts_its_own()
    {
        var export = new TelegramExport().Message(5, "user11", "Ann", "\"a\"", null, "\"reply_to_message_id\": 3,");
        Assert.Null(Assert.Single(export.ToExport().Messages()).ReplyTo);
        var channel = new TelegramExport { Type = "public_channel" }
            .Message(5, "user11", "Ann", "\"a\"", null, "\"reply_to_message_id\": 3,");
        Assert.Equal("3", Assert.Single(channel.ToExport().Messages()).ReplyTo);
    }

    [Fact]
    public void A_sender_without_a_name_is_known_by_its_id()
    {
        var message = One("""{"id":1,"type":"message","from":null,"from_id":"user3","text":"a"}""");
        Assert.Equal((null, "user3"), (message.Author, message.AuthorId));
    }

    [Fact]
    public void Without_a_unix_time_the_date_is_a_time_on_a_clock()
    {
        const string Old = """{"id":1,"type":"message","date":"2019-07-01T12:00:00","from_id":1,"text":"a"}""";
        var assumed = new TelegramExport().Entry(Old).ToExport();
        Assert.Equal(SentZone.Assumed, Assert.Single(assumed.Messages()).Zone);
        Assert.NotEmpty(assumed.Report().Assumptions);

        var given = Assert.Single(InBerlin(Old).Messages());
        Assert.Equal((new DateTimeOffset(2019, 7, 1, 12, 0, 0, TimeSpan.FromHours(2)), SentZone.Given), (given.SentAt, given.Zone));
    }

    [Fact]
    public void Local_dates_that_run_backwards_at_the_end_of_summer_time_do_not_in_truth()
    {
        string[] clock = ["02:10:00", "02:50:00", "02:05:00", "03:00:00"];
        var messages = InBerlin([.. clock.Select((time, i) =>
            $$"""{"id":{{i}},"type":"message","date":"2019-10-27T{{time}}","from_id":1,"text":"a"}""")]).Messages();
        Assert.Equal([2, 2, 1, 1], messages.Select(m => m.SentAt!.Value.Offset.Hours));
        Assert.Equal(messages.OrderBy(m => m.SentAt), messages);
    }

    [Fact]
    public void An_answer_to_another_chats_message_is_no_reply_here() =>
        Assert.Null(One("""{"id":2,"type":"message","reply_to_message_id":1,"reply_to_peer_id":"channel5","text":"a"}""").ReplyTo);

    [Theory]
    [InlineData("\"photo\":\"photos/p@1.jpg\"", "p@1.jpg")]
    [InlineData("\"file\":\"files/x.bin\",\"file_name\":\"my x.bin\"", "my x.bin")]
    [InlineData("\"file\":\"(File not included. …)\",\"media_type\":\"voice_message\"", "voice_message")]
    [InlineData("\"photo\":\"(File exceeds maximum size. …)\"", "photo")]
    public void An_attachment_has_its_name_or_its_kind(string keys, string expected) =>
        Assert.Equal([expected], One($$"""{"id":1,"type":"message",{{keys}},"text":"a"}""").Attachments);

    [Theory]
    [InlineData("""{"id":1,"type":"service","action":"phone_call","text":"x"}""", "system message")]
    [InlineData("""{"id":1,"type":"unsupported"}""", "unsupported message")]
    [InlineData("""{"id":1,"type":"message","text":""}""", "empty text")]
    [InlineData("""{"id":1,"type":"message","text":null,"text_entities":[{"type":"plain","text":""}]}""", "empty text")]
    [InlineData("""{"id":1,"type":"message","location_information":{"latitude":1},"text":""}""", "media only")]
    [InlineData("null", "null entry")]
    public void What_is_no_message_is_skipped_with_its_reason(string entry, string reason)
    {
        var report = new TelegramExport().Entry(entry).Message(2, "user1", "A", "\"a\"").ToExport().Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped[reason]));
    }

    [Theory]
    [InlineData("\\x00\\x0B\\x1F", "\0\v\u001F")]
    [InlineData("x\\\\x0B", "x\\x0B")]
    [InlineData("\\u0041\\x09\\n", "A\t\n")]
    public void Escapes_of_control_characters_with_an_x_are_read(string written, string expected) =>
        Assert.Equal(expected, One($$"""{"id":1,"type":"message","text":"{{written}}"}""").Text);

    [Theory]
    [InlineData("stickers/sticker.webp")]
    [InlineData("video_files/sticker (2).webm")]
    [InlineData("files/AnimatedSticker.tgs")]
    [InlineData("(File not included. Change data exporting settings to download.)")]
    [InlineData("chats/chat_01/stickers/a, b: c.webp")]
    [InlineData("5368324170671202286")]
    public void An_unquoted_document_id_is_passed_over(string path)
    {
        var export = new TelegramExport().Emoji(1, path).Message(2, "user1", "A", "\"next\"").ToExport();
        Assert.Equal(["so 🙂!", "next"], export.Texts());
    }

    [Fact]
    public void A_line_separator_whose_last_bytes_come_again_is_one()
    {
        var export = new TelegramExport().LineSeparator(1, "a", "b").LineSeparator(2, "", "", paragraph: true).LineSeparator(3, "é", "ü");
        Assert.Equal(["a\u2028b", "\u2029", "é\u2028ü"], export.ToExport().Texts());
        Assert.Equal([Note], export.ToExport().Report().Warnings);
    }

    [Theory]
    [InlineData("\"\\y\"", "an escape that JSON does not know")]
    [InlineData("\"\\xG0\"", "a \\u escape without four hexadecimal digits")]
    [InlineData("plain", "text must be a text or an array of its parts")]
    [InlineData("{}", "text must be a text or an array of its parts")]
    [InlineData("7", "text must be a text or an array of its parts")]
    public void Nothing_else_that_is_no_JSON_is_tolerated(string text, string detail)
    {
        var error = new TelegramExport().Message(1, "user1", "A", text).ToExport().Refusal();
        Assert.Equal((FileErrorKind.Damaged, detail), (error.Kind, error.Detail));
        Assert.StartsWith("messages[0], line ", error.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stray_byte_that_belongs_to_no_line_separator_is_refused()
    {
        foreach (var stray in (byte[][])[[0x80, 0xA8], [.. "\\u2028"u8, 0x80, 0xA9], [.. "\\u2028"u8, 0x80], [.. "\\u2027"u8, 0x80, 0xA8]])
        {
            byte[] export =
                [.. "{\"type\":\"bot_chat\",\"id\":1,\"messages\":[{\"id\":1,\"text\":\"a"u8, .. stray, .. "b\"}]}"u8];
            Assert.StartsWith("not UTF-8", new TestExport().With("", export).Refusal().Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Other_formats_readers_tolerate_none_of_it()
    {
        Assert.Equal("an escape that JSON does not know", TestExport.Of("""{"messages":["a\x0Bb"]}""").Refusal().Detail);
        Assert.StartsWith(
            "not UTF-8", new TestExport().With("", [.. "{\"messages\":[\"\\u2028"u8, 0x80, 0xA8, .. "\"]}"u8]).Refusal().Detail, StringComparison.Ordinal);
        Assert.Equal("expected a JSON value", TestExport.Of("{\"messages\":[],\n\"document_id\": a.webp\n}").Refusal().Detail);
    }

    [Theory]
    [InlineData("""{"chats":{"list":[{"messages":{}}]}}""", "messages must be an array")]
    [InlineData("""{"type":"bot_chat","id":1,"messages":[],"messages":[]}""", "the key messages occurs twice")]
    [InlineData("""{"type":"bot_chat","id":1,"messages":[7]}""", "an entry must be an object with id, type and text")]
    [InlineData("""{"chats":{"list":[]},"left_chats":{"list":{}}}""", "list must be an array of chats")]
    [InlineData("""{"chats":{"list":[7]}}""", "a chat must be an object with messages")]
    [InlineData("""{"left_chats":{"list":[]},"chats":[]}""", "chats must be an object with a list")]
    public void What_breaks_the_rules_is_refused(string export, string detail) =>
        Assert.Equal(detail, TestExport.Of(export).Refusal().Detail);

    [Fact]
    public void What_is_told_of_a_message_may_be_of_any_kind_but_its_text() =>
        Assert.Equal("a", One(
            """
            {"id":[],"type":"message","date":{},"date_unixtime":[1],"edited":7,"from":3,"from_id":{},"reply_to_message_id":[2],
             "photo":1,"file_name":[],"poll":5,"text_entities":"x","text":"a","reactions":{}}
            """).Text);

    private static ConversationRef Conversation(TelegramExport export) =>
        Assert.Single(export.Message(1, "user1", "A", "\"a\"").ToExport().Messages()).Conversation;

    private static ParsedMessage One(string entry) => Assert.Single(new TelegramExport().Entry(entry).ToExport().Messages());

    private static TestExport InBerlin(params string[] entries)
    {
        var export = new TelegramExport();
        foreach (var entry in entries)
            export.Entry(entry);
        return new TestExport { Options = ReadingOptions.Default with { TimeZone = "Europe/Berlin" } }
            .With("", Encoding.UTF8.GetString(export.ToBytes()));
    }
}
