using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.FileParser.Archives;
using static ChatAnalysis.Tests.FileParser.MessengerExport;

namespace ChatAnalysis.Tests.FileParser;

public sealed class InstagramFormatTests
{
    private static readonly string[] Pair = ["Zoë", "Bo"];

    /// <summary>A small export with all that is odd.</summary>
    internal static TestExport Small() => new TestExport()
        .With("your_instagram_activity/messages/inbox/zoe_1/message_1.json", Thread(
            "Zoë", "inbox/zoe_1", Pair,
            Message("Zoë", 4, "nice 😀", "\"reactions\":[{\"reaction\":\"x\",\"actor\":\"Bo\",\"timestamp\":1700000000}]"),
            Message("Bo", 3, "Liked a message"),
            Message("Bo", 2, "Bo sent an attachment.", "\"share\":{\"link\":\"https://example.org\",\"original_content_owner\":\"x\"}")))
        .With("your_instagram_activity/messages/inbox/zoe_1/message_2.json", Thread("Zoë", "inbox/zoe_1", Pair, Message("Bo", 1, "first")));

    [Fact]
    public void What_the_builder_put_in_comes_out()
    {
        var report = Small().Report();
        Assert.Equal(("instagram", 1, 2L, 2), (report.Format, report.Conversations, report.Messages, report.FilesRead));
        Assert.Equal(
            [("instagram", "Bo", "first"), ("instagram", "Zoë", "nice 😀")],
            Small().Messages().Select(m => (m.Conversation.Platform, m.Author!, m.Text)));
    }

    [Theory]
    [InlineData("\"share\":{\"link\":\"https://example.org\",\"original_content_owner\":\"someone\"}")]
    [InlineData("\"reactions\":[{\"reaction\":\"x\",\"actor\":\"Bo\",\"timestamp\":1700000000}]")]
    [InlineData("\"photos\":[{\"uri\":\"your_instagram_activity/messages/inbox/a/photos/1.jpg\"}]")]
    public void A_thread_with_what_only_Instagram_writes_is_Instagrams(string mark)
    {
        var thread = Thread("t", "inbox/t", Pair, Message("Bo", 1, "hi"), Message("Bo", 0, "yo", mark));
        Assert.Equal("instagram", TestExport.Of(thread).Report().Format);
    }

    [Theory]
    [InlineData("\"sticker\":{\"uri\":\"messages/stickers_used/1.png\"}")]
    [InlineData("\"ip\":\"192.0.2.1\"")]
    [InlineData("\"photos\":[{\"uri\":\"your_facebook_activity/messages/inbox/a/photos/1.jpg\"}]")]
    public void A_thread_with_what_only_Messenger_writes_is_Messengers(string mark)
    {
        var report = TestExport.Of(Thread("t", "inbox/t", Pair, Message("Bo", 1, "hi", mark))).Report();
        Assert.Equal("messenger", report.Format);
        Assert.Empty(report.Assumptions);
    }

    [Fact]
    public void A_thread_that_tells_nothing_is_taken_as_Messengers_and_the_report_says_so_unless_the_client_says_otherwise()
    {
        var thread = Thread("t", "inbox/t", Pair, Message("Bo", 1, "hi"));
        Assert.Equal("messenger", TestExport.Of(thread).Report().Format);
        Assert.Contains("?format=instagram", Assert.Single(TestExport.Of(thread).Report().Assumptions));
        var said = TestExport.Of(thread, new ReadingOptions(Format: "instagram")).Report();
        Assert.Equal("instagram", said.Format);
        Assert.Empty(said.Assumptions);
    }

    [Fact]
    public void A_thread_that_tells_nothing_is_of_the_platform_of_those_beside_it()
    {
        var quiet = Thread("a", "inbox/a", Pair, Message("Bo", 2, "hi"));
        var telling = Thread("b", "inbox/b", Pair, Message("Bo", 1, "yo", "\"share\":{\"original_content_owner\":\"x\"}"));
        var export = new TestExport().With("inbox/a/message_1.json", quiet).With("inbox/b/message_1.json", telling);
        Assert.Equal(("instagram", 2), (export.Report().Format, export.Report().Conversations));
        Assert.All(export.Messages(), message => Assert.Equal("instagram", message.Conversation.Platform));
        Assert.Empty(export.Report().Assumptions);
    }

    [Theory]
    [InlineData("instagram-ann-2024-01-02/messages/inbox/facebook-fans_1/message_1.json", "instagram")]
    [InlineData("facebook-ann/messages/inbox/instagram-fans_1/message_1.json", "messenger")]
    [InlineData("your_facebook_activity/messages/inbox/a/message_1.json", "messenger")]
    public void Where_a_thread_lies_comes_before_what_it_holds(string path, string platform)
    {
        var (his, hers) = ("\"sticker\":{\"uri\":\"x\"}", "\"share\":{\"original_content_owner\":\"x\"}");
        var thread = Thread("a", "inbox/a", Pair, Message("Bo", 2, "hi", platform == "messenger" ? hers : his));
        Assert.Equal(platform, new TestExport().With(path, thread).Report().Format);
    }

    [Theory]
    [InlineData("instagram-ann-2024-01-02.zip", "instagram")]
    [InlineData("facebook-ann-2024-01-02.zip", "messenger")]
    public void An_archives_name_tells_whose_older_threads_are(string name, string platform)
    {
        var mark = platform == "messenger" ? "\"share\":{\"original_content_owner\":\"x\"}" : "\"ip\":\"192.0.2.1\"";
        var zip = new TestZip().With("messages/inbox/a/message_1.json", Thread("a", "inbox/a", Pair, Message("Bo", 2, "hi", mark))).Bytes();
        var upload = new UploadFile(new ChoppedBytes(zip, int.MaxValue), zip.Length, name);
        Assert.Equal(platform, new ChatFile([upload], new ParsingOptions(), ReadingOptions.Default).Survey().Report!.Format);
    }

    [Fact]
    public void All_files_of_a_thread_are_read_together_though_only_one_tells_whose_they_are()
    {
        var export = new TestExport()
            .With("inbox/a/message_1.json", Thread("a", "inbox/a", Pair, Message("Bo", 2, "new")))
            .With("inbox/a/message_2.json", Thread(
                "a", "inbox/a", Pair, Message("Bo", 1, "old", "\"share\":{\"original_content_owner\":\"x\"}")));
        Assert.Equal(("instagram", 1), (export.Report().Format, export.Report().Conversations));
        Assert.Equal(["old", "new"], export.Texts());
    }
}
