using System.IO.Compression;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.FileParser.Archives;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Reads an export whose messages have to be put in order, in each of the ways in which it may come.</summary>
internal static class ReadInOrder
{
    /// <summary>Its messages, which are the same from any ordinal on, and out of an archive.</summary>
    /// <param name="export">The export.</param>
    /// <param name="name">What its file is called in the archive, where it is one file.</param>
    public static List<ParsedMessage> Everywhere(TestExport export, string name = "export.json")
    {
        var messages = export.Messages();
        for (var from = 1; from <= messages.Count + 1; from++)
            Assert.Equivalent(messages.Skip(from).ToList(), export.Messages(from), strict: true);
        foreach (var level in (CompressionLevel[])[CompressionLevel.Optimal, CompressionLevel.NoCompression])
        {
            var zip = new TestZip();
            foreach (var (path, content) in export.Files)
                zip.With(path.Length == 0 ? name : path, content, level);
            using var upload = new StoredUpload(zip.Bytes()) { Parsing = export.Parsing, Options = export.Options };
            Assert.Equal(messages.Select(What), upload.Messages().Select(What));
            Assert.Equal(messages.Skip(messages.Count / 2).Select(What), upload.Messages(messages.Count / 2).Select(What));
        }

        return messages;
    }

    private static (long, string, string?, string?, string?, string?, DateTimeOffset?) What(ParsedMessage message) =>
        (message.Ordinal, message.Text, message.Id, message.ReplyTo, message.Author, message.Conversation.Id, message.SentAt);
}
