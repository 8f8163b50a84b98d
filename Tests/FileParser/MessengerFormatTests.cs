using System.Globalization;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.MessengerExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class MessengerFormatTests
{
    private static readonly string[] Pair = ["Zoë", "Bo"];

    [Fact]
    public void What_the_builder_put_in_comes_out()
    {
        var report = Small().Report();
        Assert.Equal(("messenger", 2, 6L, 3), (report.Format, report.Conversations, report.Messages, report.Participants));
        Assert.Equal(
            new SortedDictionary<string, long>
            {
                ["media only"] = 2, ["deleted message"] = 1, ["system message"] = 1, ["null entry"] = 1, ["empty text"] = 1,
            },
            new SortedDictionary<string, long>(report.Skipped.ToDictionary()));
        Assert.Equal(
            [
                ("al_2", "Al", null, "nobody's"), ("al_2", "Al", "Al", "from the archive"),
                ("zoe_1", "Zoë & Bo", "Bo", "a\nb \"c\" \\"), ("zoe_1", "Zoë & Bo", "Bo", "look"), ("zoe_1", "Zoë & Bo", "Zoë", "between"),
                ("zoe_1", "Zoë & Bo", "Zoë", "newest 😀"),
            ],
            Small().Messages().Select(m => (m.Conversation.Id!, m.Conversation.Title!, m.Author, m.Text)));
        Assert.Equal(["plan.pdf"], Small().Messages().Single(m => m.Text == "look").Attachments);
        Assert.Empty(report.Assumptions);
    }

    [Fact]
    public void The_files_of_a_thread_are_merged_and_sorted_by_time()
    {
        var export = new TestExport()
            .With("inbox/a/message_10.json", Thread("a", "inbox/a", Pair, Message("Bo", 3, "3"), Message("Bo", 0, "0")))
            .With("inbox/a/message_1.json", Thread("a", "inbox/a", Pair, Message("Bo", 5, "5"), Message("Bo", 2, "2")))
            .With("inbox/a/message_2.json", Thread("a", "inbox/a", Pair, Message("Bo", 4, "4"), Message("Bo", 1, "1")));
        Assert.Equal(["0", "1", "2", "3", "4", "5"], export.Texts());
        Assert.Equal((1, 3), (export.Report().Conversations, export.Report().FilesRead));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Start), export.Messages()[0].SentAt);
        Assert.Equal(Pair, export.Messages()[0].Conversation.Participants);
    }

    [Fact]
    public void Of_messages_sent_at_once_the_one_that_stands_last_came_first_as_the_newest_stand_first() =>
        Assert.Equal(
            ["a", "b", "c", "d"],
            TestExport.Of(Thread(
                "t", "inbox/t", Pair, Message("Bo", 2, "d"), Message("Bo", 1, "c"), Message("Bo", 1, "b"), Message("Bo", 0, "a"))).Texts());

    [Fact]
    public void A_file_whose_oldest_stand_first_is_read_as_it_is() =>
        Assert.Equal(
            ["a", "b", "c"],
            TestExport.Of(Thread("t", "inbox/t", Pair, Message("Bo", 0, "a"), Message("Bo", 1, "b"), Message("Bo", 1, "c"))).Texts());

    [Theory]
    [InlineData("café")]
    [InlineData("日本語 😀 ünï")]
    [InlineData("plain")]
    public void Bytes_written_as_characters_are_put_together_again_in_texts_names_and_titles(string text)
    {
        var read = Assert.Single(TestExport.Of(Thread(text, "inbox/t", [text], Message(text, 0, text))).Messages());
        Assert.Equal(
            (text, text, text, text), (read.Text, read.Author, read.Conversation.Title, Assert.Single(read.Conversation.Participants)));
    }

    [Fact]
    public void The_damage_is_repaired_where_it_occurs_as_raw_characters() =>
        Assert.Equal(
            ["café 😀"],
            TestExport.Of($$"""
                {"messages":[{"sender_name":"A","timestamp_ms":1,"content":{{DamagedRaw("café 😀")}}}],"thread_path":"inbox/a"}
                """).Texts());

    [Theory]
    [InlineData("Ã© stands here, and 日本 as well")]
    [InlineData("caf\u00E9")]
    [InlineData("\u00C3")]
    public void A_text_that_is_not_damaged_so_is_kept(string text) =>
        Assert.Equal(
            [text],
            TestExport.Of($$"""
                {"messages":[{"sender_name":"A","timestamp_ms":1,"content":"{{text}}"}],"thread_path":"inbox/a"}
                """).Texts());

    [Theory]
    [InlineData("inbox")]
    [InlineData("archived_threads")]
    [InlineData("filtered_threads")]
    [InlineData("message_requests")]
    [InlineData("e2ee_cutover")]
    public void Threads_of_every_section_are_read_and_keep_their_id_when_they_are_moved(string section)
    {
        var thread = Thread("a", $"{section}/a_1", Pair, Message("Bo", 0, "hi"));
        var export = new TestExport().With($"messages/{section}/a_1/message_1.json", thread);
        Assert.Equal("a_1", Assert.Single(export.Messages()).Conversation.Id);
    }

    [Fact]
    public void What_was_unsent_or_taken_down_is_no_message_even_with_its_text()
    {
        var report = TestExport.Of(Thread(
            "t", "inbox/t", Pair, Message("Bo", 1, "gone", "\"is_unsent\":true"), Message("Bo", 2, null, "\"is_unsent\":true"),
            Message("Bo", 3, "gone", "\"is_taken_down\":true"), Message("Bo", 4, "here", "\"is_unsent\":false"))).Report();
        Assert.Equal((1L, 3L), (report.Messages, report.Skipped["deleted message"]));
    }

    [Theory]
    [InlineData("Bo sent an attachment.", "\"share\":{\"link\":\"https://example.org\"}", "media only")]
    [InlineData("Reacted \uD83D\uDC4D to your message ", null, "system message")]
    [InlineData("Liked a message", null, "system message")]
    [InlineData("Bo missed your call.", "\"missed\":true", "system message")]
    [InlineData("Bo named the group.", "\"type\":\"Subscribe\"", "system message")]
    [InlineData("", null, "empty text")]
    [InlineData(null, "\"sticker\":{\"uri\":\"messages/stickers_used/1.png\",\"ai_stickers\":[]}", "media only")]
    [InlineData(null, "\"audio_files\":[{\"uri\":\"x/1.aac\"}]", "media only")]
    [InlineData(null, "\"share\":{\"link\":\"https://example.org\"}", "media only")]
    [InlineData(null, "\"photos\":[]", "empty text")]
    public void What_nobody_wrote_is_no_message(string? text, string? more, string reason)
    {
        var report = TestExport.Of(Thread("t", "inbox/t", Pair, Message("Bo", 1, text, more), Message("Bo", 2, "said"))).Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped[reason]));
    }

    [Theory]
    [InlineData("Zoë Oak sent an attachment.", false)]
    [InlineData("Zoë sent an attachment.", false)]
    [InlineData("You sent an attachment.", false)]
    [InlineData("I think Bo sent an attachment.", true)]
    [InlineData("Bo sent an attachment.", true)]
    [InlineData("Reacted ❤️ to your message ", false)]
    [InlineData("Reacted badly to your message", true)]
    [InlineData("Reacted  to your message", true)]
    [InlineData("Reacted ", true)]
    public void Only_what_the_program_says_of_the_sender_is_taken_for_its_words(string text, bool said) =>
        Assert.Equal(
            said ? [text] : [],
            TestExport.Of($$"""
                {"participants":[],"messages":[{"content":{{Damaged(text)}},"timestamp_ms":1,"sender_name":{{Damaged("Zoë Oak")}}}],
                 "thread_path":"inbox/a"}
                """).Texts());

    [Fact]
    public void Whoever_is_called_otherwise_in_the_next_export_has_written_the_same_messages()
    {
        var first = TestExport.Of(Thread(
            "t", "inbox/t_1", Pair, Message("Bo", 2, "c"), Message("Zoë", 1, "b"), Message("Bo", 1, "a"))).Messages();
        var later = TestExport.Of(Thread(
            "t", "inbox/t_1", ["Zoë"], Message("Facebook user", 3, "d"), Message("Facebook user", 2, "c"), Message("Zoë", 1, "b"),
            Message("Facebook user", 1, "a"))).Messages();
        Assert.Equal(first.Select(m => m.Id), later.Take(3).Select(m => m.Id));
        Assert.Equal(4, later.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public void Threads_without_path_are_one_only_where_title_and_people_are_the_same()
    {
        static TestExport Two(string[] people, string title = "t") => new TestExport()
            .With("a/message_1.json", Thread(title, null, Pair, Message("Bo", 2, "b")))
            .With("a/message_2.json", Thread(title, null, people, Message("Bo", 1, "a")));
        Assert.Equal(1, Two(["Bo", "Zoë"]).Report().Conversations);
        Assert.Equal(2, Two(["Bo", "Al"]).Report().Conversations);
    }

    [Fact]
    public void Names_of_very_many_attachments_are_not_all_kept()
    {
        var photos = string.Join(',', Enumerable.Repeat("{\"uri\":\"x/a.jpg\"}", 500));
        var export = TestExport.Of(Thread("t", "inbox/t", Pair, Message("Bo", 1, "hi", $"\"photos\":[{photos}]")));
        Assert.Equal(100, Assert.Single(export.Messages()).Attachments.Count);
    }

    [Fact]
    public void More_names_than_can_be_held_are_refused()
    {
        var messages = Enumerable.Range(0, 20_000).Select(i => Message($"{i}{new string('x', 900)}", i, "hi"));
        Assert.StartsWith("more names", Exports.Refusal(Thread("t", "inbox/t", Pair, [.. messages])).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stood_before_a_damage_is_read_where_damages_are_kept()
    {
        var whole = Thread("t", "inbox/t_1", Pair, Message("Bo", 5, "e"), Message("Bo", 4, "d"));
        var broken = Thread("t", "inbox/t_1", Pair, Message("Bo", 3, "c"), Message("Bo", 2, "b"), Message("Bo", 1, "a"));
        var export = new TestExport { Parsing = new ParsingOptions { OnDamage = OnDamage.Keep } }
            .With("inbox/t_1/message_1.json", whole)
            .With("inbox/t_1/message_2.json", broken[..broken.LastIndexOf("\"content\"", StringComparison.Ordinal)])
            .With("inbox/u_2/message_1.json", Thread("u", "inbox/u_2", Pair, Message("Zoë", 1, "other")));
        Assert.Equal(["b", "c", "d", "e", "other"], export.Texts());
        Assert.Equal(["t_1", "u_2"], export.Messages().Select(m => m.Conversation.Id).Distinct());
        Assert.EndsWith(
            "what follows there was not read", Assert.Single(export.Report().Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_end_to_end_encrypted_chat_is_a_conversation_without_id()
    {
        var export = new TestExport()
            .With("messages/Zoë_3.json", EncryptedThread(
                "Zoë_3", Pair, Encrypted("Zoë", 3, "café 日本 😀"), Encrypted("Bo", 2, "", "media", media: "{\"uri\":\"./media/1.jpeg\"}"),
                Encrypted("Bo", 1, "see https://example.org", "link", media: "{\"uri\":\"./media/2.jpeg\"}")))
            .With("messages/Trip_4.json", EncryptedThread(
                "Trip_4", Pair,
                Encrypted("Bo", 6, "gone", unsent: true), Encrypted("Bo", 7, "", "placeholder"), Encrypted("Bo", 5, "hello")))
            .With("messages/None_5.json", EncryptedThread("None_5", Pair));
        Assert.Equal(
            [(null, "Trip_4", "hello"), (null, "Zoë", "see https://example.org"), (null, "Zoë", "café 日本 😀")],
            export.Messages().Select(m => (m.Conversation.Id, m.Conversation.Title!, m.Text)));
        Assert.Equal(["2.jpeg"], export.Messages()[1].Attachments);
        var report = export.Report();
        Assert.Equal(("messenger", "end-to-end encrypted chats", 2), (report.Format, report.Variant, report.Conversations));
        Assert.Equal((2L, 1L), (report.Skipped["deleted message"], report.Skipped["media only"]));
        Assert.NotEmpty(export.Messages()[0].Conversation.Sample);
    }

    [Fact]
    public void An_encrypted_chat_with_the_damage_is_repaired_too() =>
        Assert.Equal(
            ["café"],
            TestExport.Of($$"""
                {"participants":["A"],"threadName":"A_1","messages":[{"senderName":"A","text":{{DamagedRaw("café")}},"timestamp":1}]}
                """).Texts());

    [Fact]
    public void A_later_export_gives_the_same_message_the_same_id()
    {
        string[] first = [Message("Bo", 2, "b"), Message("Zoë", 1, "a")];
        var earlier = TestExport.Of(Thread("t", "inbox/t_1", Pair, first)).Messages();
        var later = TestExport.Of(Thread("t", "inbox/t_1", Pair, [Message("Bo", 3, "c"), .. first])).Messages();
        Assert.Equal(earlier.Select(m => m.Id), later.Take(2).Select(m => m.Id));
        Assert.Equal(3, later.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public void Reading_goes_on_from_any_ordinal()
    {
        var all = Small().Messages();
        for (var from = 0; from <= all.Count + 1; from++)
            Assert.Equivalent(all.Skip(from).ToList(), Small().Messages(from), strict: true);
    }

    [Fact]
    public void A_long_thread_in_any_order_is_sorted()
    {
        var numbers = Enumerable.Range(0, 2500).ToArray();
        new Random(7).Shuffle(numbers);
        var thread = Thread("t", "inbox/t", Pair, [.. numbers.Select(n => Message("Bo", n, n.ToString(CultureInfo.InvariantCulture)))]);
        Assert.Equal(Enumerable.Range(0, 2500).Select(n => n.ToString(CultureInfo.InvariantCulture)), Exports.Texts(thread));
    }

    [Fact]
    public void Long_texts_are_read_a_few_at_a_time()
    {
        string[] texts = [.. Enumerable.Range(0, 5).Select(i => new string((char)('a' + i), 1_200_000))];
        var thread = Thread("t", "inbox/t", Pair, [.. texts.Select((text, i) => Message("Bo", i, text)).Reverse()]);
        Assert.Equal(texts, Exports.Texts(thread));
    }

    [Fact]
    public void A_time_that_cannot_be_read_leaves_a_message_beside_its_neighbour()
    {
        var export = TestExport.Of(Thread(
            "t", "inbox/t", Pair,
            Message("Bo", 3, "c"), """{"sender_name":"Bo","timestamp_ms":"soon","content":"b"}""", Message("Bo", 1, "a")));
        Assert.Equal(["a", "b", "c"], export.Texts());
        Assert.Null(export.Messages()[1].SentAt);
        Assert.Single(export.Report().Warnings);
    }

    [Theory]
    [InlineData("""{"messages":[{"sender_name":"A","timestamp_ms":1,"content":5}]}""", "messages[0], line 1, byte 59")]
    [InlineData("""{"participants":[],"thread_path":"inbox/a","messages":[{"sender_name":"A"},7]}""", "messages[1], line 1, byte 75")]
    [InlineData("""{"thread_path":"inbox/a","messages":[{"sender_name":"A"}],"messages":[]}""", "line 1, byte 69")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place) =>
        Assert.Equal((FileErrorKind.Damaged, place), (TestExport.Of(export).Refusal().Kind, TestExport.Of(export).Refusal().Place));

    [Theory]
    [InlineData("""{"sender_name":7,"timestamp_ms":[],"content":"a","photos":5,"share":[],"reactions":{},"sticker":"x","type":9}""")]
    [InlineData("""{"sender_name":null,"timestamp_ms":null,"content":"a","photos":[null,5,{"uri":7}],"share":null,"gifs":{}}""")]
    [InlineData("""{"sender_name":"A","content":"a","call_duration":null,"is_unsent":"true","is_taken_down":1,"missed":[]}""")]
    public void Other_fields_of_a_wrong_type_are_taken_as_absent(string message) =>
        Assert.Equal(["a"], TestExport.Of($$"""{"participants":{},"messages":[{{message}}],"thread_path":7,"title":[]}""").Texts());
}
