using System.IO.Compression;
using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>A gzip file with an empty member behind its last one.</summary>
/// <remarks>
/// GZipStream lets a file pass whose checksum is cut off at its end. With something behind it the checksum is never cut, but wrong.
/// </remarks>
/// <param name="source">The file; somebody else closes it.</param>
/// <param name="length">How long it is.</param>
internal sealed class GzipBytes(IByteSource source, long length) : IByteSource
{
    private static readonly byte[] EmptyMember = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Begins to unpack.</summary>
    public Stream Unpack() => new GZipStream(new SourceStream(this, length + EmptyMember.Length), CompressionMode.Decompress);

    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset)
    {
        if (offset < length)
            return source.Read(destination[..(int)Math.Min(destination.Length, length - offset)], offset);
        var rest = EmptyMember.AsSpan((int)Math.Min(offset - length, EmptyMember.Length));
        rest = rest[..Math.Min(rest.Length, destination.Length)];
        rest.CopyTo(destination);
        return rest.Length;
    }
}
