using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>A file of an export that a test holds in memory; it comes a few bytes at a time where the test says so.</summary>
internal sealed class MemoryFile(string path, byte[] content, int atMost = int.MaxValue) : ExportFile
{
    public override string Path => path;

    public override long Size => content.Length;

    public override IByteSource Open() => new ChoppedBytes(content, atMost);

    public override IByteSource OpenAnywhere() => Open();
}
