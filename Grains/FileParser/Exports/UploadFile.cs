using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>The uploaded file itself.</summary>
/// <param name="source">Its bytes, read by several threads at once; whoever opened them closes them.</param>
/// <param name="size">How many there are.</param>
/// <param name="name">The name that the client gave it.</param>
internal sealed class UploadFile(IByteSource source, long size, string name) : ExportFile
{
    /// <inheritdoc/>
    public override string Path => "";

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override long Size => size;

    /// <inheritdoc/>
    public override IByteSource Open() => new Opened(source);

    /// <inheritdoc/>
    public override IByteSource OpenAnywhere() => Open();

    private sealed class Opened(IByteSource source) : IByteSource
    {
        public int Read(Span<byte> destination, long offset) => source.Read(destination, offset);
    }
}
