using System.IO.Compression;
using ChatAnalysis.Grains.FileParser;

namespace ChatAnalysis.Tests.FileParser.Archives;

public sealed class FolderTests
{
    private readonly RoomFormat _format = new();

    [Fact]
    public void The_files_of_a_folder_are_one_part_in_their_numbers_order_with_what_stands_above_them()
    {
        using var upload = Upload(Rooms().With("names.json", """{"prefix":"Ann"}"""));
        var messages = upload.Messages();
        Assert.Equal(["red 2", "red 10", "blue"], messages.OrderByDescending(m => m.Conversation.Id).Select(message => message.Text));
        Assert.All(messages, message => Assert.Equal("Ann", message.Author));
        var report = upload.Report();
        Assert.Equal((2, 4, 1), (report.Conversations, report.FilesRead, report.Participants));
    }

    [Fact]
    public void What_stands_above_many_folders_is_read_once()
    {
        var zip = new TestZip().With("names.json", """{"prefix":"Ann"}""");
        for (var i = 0; i < 30; i++)
            zip.With($"rooms/{i}/1.json", """{"lines":["x"]}""");
        using var upload = Upload(zip);
        Assert.Equal(30, upload.Survey().Parts.Count);
        Assert.Equal(1, _format.CompanionsRead);
    }

    [Fact]
    public void A_companion_that_cannot_be_read_refuses_with_its_path_or_is_named_where_damage_is_kept()
    {
        var zip = Rooms().With("red/names.json", """{"prefix":"An""");
        using var refused = Upload(zip);
        Assert.StartsWith("red/names.json: line 1", refused.Refusal().Place, StringComparison.Ordinal);
        using var kept = Upload(zip, new ParsingOptions { OnDamage = OnDamage.Keep });
        Assert.Equal(3, kept.Messages().Count);
        Assert.Contains(kept.Report().Warnings, warning =>
            warning.StartsWith("red/names.json: ", StringComparison.Ordinal)
            && warning.EndsWith("what it tells is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_companion_of_no_chat_is_ignored_by_what_it_is()
    {
        using var upload = Upload(Rooms().With("empty/names.json", """{"prefix":"Ann"}"""));
        Assert.Equal(1, upload.Report().FilesIgnored["json of an unknown shape"]);
        Assert.All(upload.Messages(), message => Assert.Equal("nobody", message.Author));
    }

    [Fact]
    public void More_entries_than_sixteen_bits_count_are_read()
    {
        var zip = new TestZip();
        for (var i = 0; i < 66_000; i++)
            zip.With($"{i}", [], CompressionLevel.NoCompression);
        using var upload = Upload(zip.With("red/1.json", """{"lines":["found"]}"""));
        Assert.Equal(["found"], upload.Texts());
        Assert.Equal(66_000, upload.Report().FilesIgnored["empty file"]);
    }

    private static TestZip Rooms() => new TestZip()
        .With("red/10.json", """{"lines":["red 10"]}""").With("blue/1.json", """{"lines":["blue"]}""")
        .With("red/2.json", """{"lines":["red 2"]}""");

    private StoredUpload Upload(TestZip zip, ParsingOptions? parsing = null) =>
        new(zip.Bytes()) { Known = [_format], Parsing = parsing ?? new ParsingOptions() };
}
