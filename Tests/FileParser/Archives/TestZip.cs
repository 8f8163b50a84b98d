using System.IO.Compression;
using System.Text;

namespace ChatAnalysis.Tests.FileParser.Archives;

/// <summary>A zip archive that a test puts together.</summary>
internal sealed class TestZip
{
    private readonly List<(string Name, byte[] Content, CompressionLevel Level, int Attributes)> _entries = [];

    public TestZip With(string name, string content, CompressionLevel level = CompressionLevel.Optimal) =>
        With(name, Encoding.UTF8.GetBytes(content), level);

    public TestZip With(string name, byte[] content, CompressionLevel level = CompressionLevel.Optimal, int attributes = 0)
    {
        _entries.Add((name, content, level, attributes));
        return this;
    }

    public TestZip WithLink(string name, string target) =>
        With(name, Encoding.UTF8.GetBytes(target), CompressionLevel.NoCompression, unchecked((int)0xA1FF0000));

    public byte[] Bytes()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content, level, attributes) in _entries)
            {
                var entry = archive.CreateEntry(name, level);
                if (attributes != 0)
                    entry.ExternalAttributes = attributes;
                using var opened = entry.Open();
                opened.Write(content);
            }

        return stream.ToArray();
    }
}
