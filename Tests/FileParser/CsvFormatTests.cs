using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Formats.Discord;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class CsvFormatTests
{
    private static readonly string[] Plain = ["author", "timestamp", "text"];

    [Theory]
    [InlineData("author", "timestamp", "text")]
    [InlineData("Sender", "Date", "Message")]
    [InlineData("user_name", "created_at", "content")]
    [InlineData("From", "Sent At", "Body")]
    [InlineData("speaker", "ts", "utterance")]
    [InlineData("发送者", "时间", "内容")]
    public void A_header_names_text_author_and_time_by_their_usual_names(string author, string time, string text)
    {
        foreach (var delimiter in ",;\t|")
        {
            var message = Assert.Single(new CsvExport([author, "other", time, text], delimiter)
                .Add("Ann", "x", "2025-03-04T14:05:09Z", $"a, b; c{delimiter} \"d\"").Export().Messages());
            Assert.Equal(("Ann", $"a, b; c{delimiter} \"d\""), (message.Author, message.Text));
            Assert.Equal(new DateTimeOffset(2025, 3, 4, 14, 5, 9, TimeSpan.Zero), message.SentAt);
        }
    }

    [Fact]
    public void What_the_table_holds_comes_out()
    {
        var messages = CsvExport.Small().Messages();
        Assert.Equal(
            [("u1", "Ann", "the hall, \"upstairs\",\r\nis locked", "c1"), ("u2", "Bob \U0001F600", "é\u4F60", "c2")],
            messages.Select(m => (m.AuthorId!, m.Author!, m.Text, m.Conversation.Title!)));
        Assert.Equal(["plan.pdf", "b.png"], messages[1].Attachments);
        Assert.Equal(messages[0].SentAt, messages[1].SentAt);
    }

    [Fact]
    public void Of_very_many_attachments_the_first_hundred_are_named()
    {
        var names = Enumerable.Range(0, 1000).Select(i => $"{i}.png").ToArray();
        var table = new CsvExport(["author", "text", "attachments"]).Add("Ann", "hi", string.Join(", ", names)).Export();
        Assert.Equal(names[..100], Assert.Single(table.Messages()).Attachments);
        Assert.Equal(names[..100], DiscordPackage.Names(string.Join(' ', names.Select(name => $"https://example.org/{name}?x=1"))));
    }

    [Fact]
    public void Messages_and_skipped_add_up_to_the_rows()
    {
        var report = CsvExport.Small().Report();
        Assert.Equal((2L, 1L, 1L), (report.Messages, report.Skipped["media only"], report.Skipped["empty text"]));
        Assert.Equal(2, report.Conversations);
    }

    [Fact]
    public void The_columns_of_Discords_exporters_are_known()
    {
        var own = new CsvExport(["ID", "Timestamp", "Contents", "Attachments"]).Add("42", "2026-09-01 12:00:00", "hey, Thursday?", "").Export();
        Assert.Equal(("42", "hey, Thursday?", null), own.Messages().Select(m => (m.Id, m.Text, m.Author)).Single());
        var others = new CsvExport(["AuthorID", "Author", "Date", "Content", "Attachments", "Reactions"], quoteAll: true)
            .Add("7", "Ann", "2026-09-29T10:00:00.000-04:00", "said \"so\"", "", "").Export();
        var message = Assert.Single(others.Messages());
        Assert.Equal(("7", "Ann", "said \"so\"", TimeSpan.FromHours(-4)), (message.AuthorId, message.Author, message.Text, message.SentAt!.Value.Offset));
    }

    [Fact]
    public void Without_ids_a_later_export_gives_the_same_messages_the_same_ids()
    {
        var table = new CsvExport(Plain).Add("Ann", "2025-03-04 14:05", "hi").Add("Ann", "2025-03-04 14:05", "hi");
        var first = table.Export().Messages().Select(message => message.Id).ToList();
        Assert.Equal(2, first.Distinct().Count());
        Assert.Equal(first, table.Add("Bob", "2025-03-04 14:06", "yes").Export().Messages().Take(2).Select(message => message.Id));
    }

    [Fact]
    public void A_conversations_number_or_name_is_no_id_as_the_next_table_has_it_too()
    {
        string[] columns = ["id", "conversation_id", "author", "timestamp", "text"];
        var one = new CsvExport(columns).Add("1", "1", "Ann", "2025-03-04 14:05", "hi").Add("2", "general", "Ann", "2025-03-04 14:06", "ho")
            .Export().Messages();
        var two = new CsvExport(columns).Add("1", "1", "Bob", "2025-04-04 14:05", "no").Export().Messages();
        Assert.All(one.Concat(two), message => Assert.Null(message.Conversation.Id));
        Assert.All(one.Concat(two), message => Assert.Contains(message.Conversation.Sample, mark => mark.Id == message.Id));
        Assert.Equal([null, "general"], one.Select(message => message.Conversation.Title));
        Assert.NotEqual(one[0].Id, two[0].Id);
    }

    [Fact]
    public void A_conversations_id_that_was_drawn_at_random_is_one_and_messages_are_told_by_theirs()
    {
        const string Uuid = "0b2c7c1e-53a7-4d0e-9a55-2f1f6a3c9d10";
        var message = Assert.Single(new CsvExport(["id", "conversation_id", "author", "timestamp", "text"])
            .Add("1", Uuid, "Ann", "2025-03-04 14:05", "hi").Export().Messages());
        Assert.Equal((Uuid, "1"), (message.Conversation.Id, message.Id));
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("message_000001", false)]
    [InlineData("1234567890123456789", true)]
    [InlineData("0b2c7c1e-53a7-4d0e-9a55-2f1f6a3c9d10", true)]
    public void A_table_with_messages_ids_alone_is_recognised_by_them_or_with_what_they_say(string id, bool isUnique)
    {
        var message = Assert.Single(
            new CsvExport(["id", "author", "timestamp", "text"]).Add(id, "Ann", "2025-03-04 14:05", "hi").Export().Messages());
        Assert.Equal(isUnique, message.Id == id);
        Assert.Equal(message.Id, Assert.Single(message.Conversation.Sample).Id);
        Assert.True(message.IsIdentified);
    }

    [Fact]
    public void What_is_said_again_without_a_time_is_not_taken_for_the_same() =>
        Assert.All(
            new CsvExport(["author", "text"]).Add("Ann", "yes").Add("Ann", "yes").Export().Messages(), message => Assert.Null(message.Id));

    [Fact]
    public void Of_very_many_conversations_the_last_are_remembered_and_the_report_warns()
    {
        var table = new CsvExport(["thread", "author", "timestamp", "text"]);
        for (var i = 0; i < 10_000; i++)
            table.Add($"t{i}", "Ann", "2025-03-04 14:05", "hi").Add($"t{i - 2000}", "Bob", "2025-03-04 14:06", "yes");
        var report = table.Export().Report();
        Assert.Equal((20_000L, 12_000), (report.Messages, report.Conversations));
        Assert.Contains(report.Warnings, warning => warning.Contains("conversations in turn", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("4/3/2025 14:05", "13/3/2025 14:05", 3)]
    [InlineData("4/3/2025 2:05 PM", "4/13/2025 2:05 PM", 4)]
    [InlineData("04.03.2025", "13.03.2025", 3)]
    public void Of_dates_with_the_year_last_all_together_say_which_number_is_the_day(string one, string other, int month)
    {
        var messages = new CsvExport(Plain).Add("Ann", one, "a").Add("Ann", other, "b").Export().Messages();
        Assert.All(messages, message => Assert.Equal(month, message.SentAt!.Value.Month));
    }

    [Fact]
    public void The_user_overrides_which_is_the_day()
    {
        var table = new CsvExport(Plain).Add("Ann", "4/3/2025 14:05", "a").ToString();
        Assert.Equal(4, Assert.Single(TestExport.Of(table, new ReadingOptions(DayFirst: false)).Messages()).SentAt!.Value.Month);
    }

    [Fact]
    public void A_time_that_is_none_is_left_out_and_the_report_warns()
    {
        var export = new CsvExport(Plain).Add("Ann", "yesterday", "a").Export();
        Assert.Null(Assert.Single(export.Messages()).SentAt);
        Assert.Single(export.Report().Warnings);
    }

    [Theory]
    [InlineData("author,timestamp,text\nAnn,2025-03-04,a, b\n", "rows[0], line 2, byte 22")]
    [InlineData("author,timestamp,text\nAnn,2025-03-04,a\nb\n", "rows[1], line 3, byte 39")]
    [InlineData("author,timestamp,text\nAnn,2025-03-04,\"a\nBob,2025-03-04,b\n", "rows[0], line 2, byte 22")]
    [InlineData("author,timestamp,text\nAnn,2025-03-04,\"a\"b\n", "rows[0], line 2, byte 22")]
    public void A_row_that_does_not_fit_the_header_is_refused_with_its_place(string table, string place)
    {
        var error = TestExport.Of(table).Refusal();
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }

    [Fact]
    public void Quotes_within_a_field_empty_lines_and_empty_fields_at_the_end_are_no_damage() =>
        Assert.Equal(
            ["5\" pipe", "b", "c"],
            TestExport.Of("\uFEFFauthor,timestamp,text\r\nAnn,2025-03-04,5\" pipe\r\n\r\nAnn,2025-03-04,b,,\r\nAnn,2025-03-04,c").Texts());

    [Fact]
    public void A_byte_that_is_no_UTF8_is_told_with_its_place()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("author,timestamp,text\nAnn,2025-03-04,a\nAnn,2025-03-04,caf"), 0xE9, (byte)'\n'];
        var error = new TestExport().With("", bytes).Refusal();
        Assert.Equal((FileErrorKind.Damaged, "rows[1], line 3, byte 57"), (error.Kind, error.Place));
    }

    [Fact]
    public void A_row_that_is_too_long_fails_the_file_with_its_place()
    {
        var table = new CsvExport(Plain).Add("Ann", "2025-03-04", "a").Add("Ann", "2025-03-04", new string('x', 300_000));
        var export = new TestExport { Parsing = new ParsingOptions { MaxMessageBytes = 1024 } }.With("", table.ToString());
        Assert.StartsWith("rows[1]", export.Refusal().Place, StringComparison.Ordinal);
        Assert.Contains("Parsing:MaxMessageBytes", export.Refusal().Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name,price\nAnn,3\n")]
    [InlineData("text\nhello\n")]
    [InlineData("Dear Ann, the message\nhas no date\n")]
    public void Other_tables_and_texts_are_unrecognised(string text) =>
        Assert.Equal(FileErrorKind.Unrecognised, TestExport.Of(text).Refusal().Kind);
}
