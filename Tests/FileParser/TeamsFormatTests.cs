using System.Globalization;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.TeamsExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class TeamsFormatTests
{
    [Fact]
    public void What_the_builder_put_in_comes_out()
    {
        var messages = Small().Messages();
        Assert.Equal(
            [
                ("2", "Ann", "in Teams\nBo:"), ("3", "Ann", "a < b & c"), ("5", "Ann", "first\nof all"), ("8", "8:live:me", "mine"),
                ("9", "Ann", "last & least :)"),
            ],
            messages.Select(m => (m.Id!, m.Author!, m.Text)));
        Assert.All(messages, m => Assert.Equal((Chat, "the topic"), (m.Conversation.Id, m.Conversation.Title)));
        var report = Small().Report();
        Assert.Equal(("teams", "personal export", 1, 5L), (report.Format, report.Variant, report.Conversations, report.Messages));
        Assert.Equal((2L, 1L, 1L), (report.Skipped["system message"], report.Skipped["media only"], report.Skipped["deleted message"]));
    }

    [Fact]
    public void A_message_has_its_senders_id_and_the_time_of_its_arrival()
    {
        var read = Small().Messages()[0];
        Assert.Equal(("8:live:ann", new DateTimeOffset(2024, 3, 5, 10, 2, 0, 123, TimeSpan.Zero)), (read.AuthorId, read.SentAt));
    }

    [Fact]
    public void A_display_name_comes_before_the_topic() =>
        Assert.Equal("Choir", Assert.Single(TestExport.Of(Personal(Entry("1", 1, "hi"))).Messages()).Conversation.Title);

    [Theory]
    [InlineData("Text")]
    [InlineData("RichText")]
    [InlineData("RichText/Html")]
    public void Texts_of_three_types_are_kept(string type) =>
        Assert.Equal(["hi"], TestExport.Of(Personal(Entry("1", 1, "hi", type))).Texts());

    [Theory]
    [InlineData("RichText/UriObject", "media only")]
    [InlineData("RichText/Media_AudioMsg", "media only")]
    [InlineData("RichText/Contacts", "media only")]
    [InlineData("Event/Call", "system message")]
    [InlineData("ThreadActivity/TopicUpdate", "system message")]
    [InlineData("Poll", "system message")]
    [InlineData("EndToEndEncryption/EncryptedText", "encrypted message")]
    public void Entries_of_other_types_are_no_messages(string type, string reason)
    {
        var report = TestExport.Of(Personal(Entry("1", 1, "<x>y</x>", type), Entry("2", 2, "hi"))).Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped[reason]));
    }

    [Fact]
    public void A_quote_is_a_reply_and_its_words_are_not_the_authors()
    {
        var read = Small().Messages().Single(m => m.Text == "mine");
        Assert.Equal("5", read.ReplyTo);
    }

    [Theory]
    [InlineData("<p>see</p><pre>int a;\nint b;</pre>", "see\nint a;\nint b;")]
    [InlineData("see<pre class=\"x\"><code>\r\nif (a)\r\n    b();\r\n</code></pre>\nas \n agreed", "see\nif (a)\n    b();\nas agreed")]
    [InlineData("<pre>a\n\nb</pre><pre>c\n d</pre>", "a\n\nb\nc\n d")]
    [InlineData("</pre><code>a\n b</code> <pre/>c\n d", "a b\nc d")]
    [InlineData("<PRE>a &lt;\n<b>b</b>\n c", "a <\nb\n c")]
    public void Preformatted_words_keep_their_lines(string html, string expected) =>
        Assert.Equal([expected], TestExport.Of(Personal(Entry("1", 1, html, "RichText/Html"))).Texts());

    [Fact]
    public void Edits_are_told_by_Skypes_mark_or_by_a_property()
    {
        var export = TestExport.Of(Personal(
            Entry("1", 1, "Edited previous message: new<e_m ts=\"1\"></e_m>"),
            Entry("2", 2, "also", properties: "{\"edittime\":\"1709632900000\"}"),
            Entry("3", 3, "never")));
        Assert.Equal([("new", true), ("also", true), ("never", false)], export.Messages().Select(m => (m.Text, m.Edited)));
    }

    [Theory]
    [InlineData("<p>one</p><p>two</p>", "one\ntwo")]
    [InlineData("one<br>two<br/><br/>three", "one\ntwo\n\nthree")]
    [InlineData("<div>\n  <div>a\n b</div>\n</div>", "a b")]
    [InlineData("a&lt;b&gt; &amp;amp; &#x1F600; &nbsp;c", "a<b> &amp; 😀 c")]
    [InlineData("see <a href=\"https://example.org?a=1&amp;b=>2\">here</a>", "see here")]
    [InlineData("<ul><li>x</li><li>y</li></ul>", "x\ny")]
    [InlineData("<p>hi <at id=\"0\">Bo</at></p>", "hi Bo")]
    [InlineData("<emoji id=\"smile\" alt=\"🙂\" title=\"Smile\"></emoji>!", "🙂!")]
    [InlineData("<img itemtype=\"http://schema.skype.com/Emoji\" alt=\"🙂\"> ok", "🙂 ok")]
    [InlineData("<attachment id=\"1\"></attachment>text", "text")]
    [InlineData("<!-- <p>no</p> --><script>no()</script><style>p{}</style>yes", "yes")]
    [InlineData("1 <2 and <3", "1 <2 and <3")]
    [InlineData("a <b", "a <b")]
    [InlineData("a <b c=\"", "a <b c=\"")]
    [InlineData("<blockquote>a saying</blockquote>so true", "a saying\nso true")]
    [InlineData("<b>bold<i>both</b></i>", "boldboth")]
    public void Words_are_taken_out_of_the_markup(string html, string text)
    {
        Assert.Equal([text], TestExport.Of(Personal(Entry("1", 1, html, "RichText/Html"))).Texts());
        Assert.Equal([text], TestExport.Of(Page(Graph("1", 1, html))).Texts());
    }

    [Fact]
    public void Markup_is_read_in_one_pass_however_hostile_it_is()
    {
        string[] parts =
            ["<", "<!--x>",
             "<a ", "<a b=\"", "<p>", "</p>", "<!--", "<quote>", "&", "&lt", "<a b='><a b=\"", "<blockquote>", "<img alt=\""];
        foreach (var part in parts)
        {
            var html = string.Concat(Enumerable.Repeat(part, 50_000)) + "x";
            Assert.True(Exports.Survey(Personal(Entry("1", 1, html))).Report!.Messages <= 1);
        }
    }

    [Fact]
    public void An_empty_entry_is_no_conversation() => Assert.Equal(
        1L, TestExport.Of(PersonalOf("null", Conversation(Chat, null, Entry("1", 1, "hi")))).Report().Skipped["null entry"]);

    [Fact]
    public void What_stood_before_a_damage_is_read_where_damages_are_kept()
    {
        var options = new ParsingOptions { OnDamage = OnDamage.Keep };
        foreach (var whole in (string[])[
            Page(Graph("3", 3, "c"), Graph("2", 2, "b"), Graph("1", 1, "a")),
            Personal(Entry("3", 3, "c"), Entry("2", 2, "b"), Entry("1", 1, "a"))])
        {
            var export = new TestExport { Parsing = options }.With("", whole[..whole.LastIndexOf("\"content\"", StringComparison.Ordinal)]);
            Assert.Equal(["b", "c"], export.Texts());
            Assert.Single(export.Report().Warnings);
        }
    }

    [Fact]
    public void A_malformed_time_is_made_up_for_by_the_id()
    {
        var message = Graph("1615943825123", 1, "hi").Replace("2024-03-05T10", "2021-03-1706", StringComparison.Ordinal);
        var export = TestExport.Of(Page(message));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1615943825123), Assert.Single(export.Messages()).SentAt);
        Assert.Single(export.Report().Warnings);
    }

    [Fact]
    public void A_long_list_in_any_order_is_sorted()
    {
        var numbers = Enumerable.Range(0, 1500).ToArray();
        new Random(3).Shuffle(numbers);
        var read = Exports.Read(List([.. numbers.Select(n => Graph(
            n.ToString(CultureInfo.InvariantCulture), n / 60, "x", chat: $"\"19:{n % 7}\"")
            .Replace(":00.12Z", $":{n % 60:00}.12Z", StringComparison.Ordinal))]));
        Assert.All(
            read.GroupBy(m => m.Conversation.Id), chat => Assert.Equal(chat.Select(m => m.SentAt).Order(), chat.Select(m => m.SentAt)));
        Assert.Equal(1500, read.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public void Reading_goes_on_from_any_ordinal()
    {
        foreach (var export in (Func<TestExport>[])[Small, SmallList])
        {
            var all = export().Messages();
            for (var from = 0; from <= all.Count + 1; from++)
                Assert.Equivalent(all.Skip(from).ToList(), export().Messages(from), strict: true);
        }
    }

    [Fact]
    public void Lists_of_mail_are_not_taken_for_chats() =>
        Assert.Equal(
            FileErrorKind.Unrecognised,
            TestExport.Of("""
                {"value":[{"id":"1","createdDateTime":"2024-03-05T10:00:00Z","subject":"s","body":{"contentType":"html","content":"x"},
                 "from":{"emailAddress":{"name":"Ann"}}}]}
                """).Refusal().Kind);

    [Theory]
    [InlineData("""{"userId":"u","exportDate":"d","conversations":[{"id":"1","MessageList":{}}]}""", "conversations[0], line 1, byte 72")]
    [InlineData("""{"conversations":[{"MessageList":[{"content":5}]}]}""", "conversations[0].MessageList[0], line 1, byte 45")]
    [InlineData("""{"userId":"u","exportDate":"d","conversations":[5]}""", "conversations[0], line 1, byte 48")]
    [InlineData("""{"value":[{"createdDateTime":"x","chatId":"c","body":{"content":5}}]}""", "value[0], line 1, byte 64")]
    [InlineData("""{"value":[{"createdDateTime":"x","chatId":"c","body":{"content":"a"}}],"value":[]}""", "line 1, byte 79")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place) =>
        Assert.Equal((FileErrorKind.Damaged, place), (TestExport.Of(export).Refusal().Kind, TestExport.Of(export).Refusal().Place));

    [Theory]
    [InlineData("""{"conversations":[{"id":[],"displayName":7,"threadProperties":"x","MessageList":[null,{"content":"a","id":[]}]}]}""")]
    [InlineData("""{"conversations":[{"MessageList":[{"displayName":[],"originalarrivaltime":5,"content":"a","from":{}}]}]}""")]
    [InlineData("""[{"id":[],"messageType":"message","createdDateTime":5,"chatId":7,"from":[],"body":{"contentType":[],"content":"a"}}]""")]
    [InlineData("""[{"createdDateTime":null,"chatId":null,"body":{"content":"a"},"attachments":{},"channelIdentity":5,"replies":7}]""")]
    public void Other_fields_of_a_wrong_type_are_taken_as_absent(string export) => Assert.Equal(["a"], TestExport.Of(export).Texts());

    private static string List(params string[] messages) => $"[{string.Join(',', messages)}]";
}
