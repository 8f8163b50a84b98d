using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>A file that lies in an archive as it is, such as one in a tar archive.</summary>
/// <param name="path">Its path within the upload.</param>
/// <param name="source">The archive.</param>
/// <param name="start">Where in it the file begins.</param>
/// <param name="size">How long it is.</param>
/// <param name="crc">Its checksum; null where the archive keeps none.</param>
internal sealed class RangeFile(string path, IByteSource source, long start, long size, uint? crc = null) : ExportFile
{
    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override long Size => size;

    /// <inheritdoc/>
    public override IByteSource Open() => new CheckedBytes(new RangeBytes(source, start, size), size, crc);

    /// <inheritdoc/>
    public override IByteSource OpenAnywhere() => new RangeBytes(source, start, size);

    /// <inheritdoc/>
    public override string? Check() => Check(Open);
}
