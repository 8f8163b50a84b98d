using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>A range of another source, which somebody else closes.</summary>
/// <param name="source">The other source.</param>
/// <param name="start">Where in it the range begins.</param>
/// <param name="length">How long it is.</param>
internal sealed class RangeBytes(IByteSource source, long start, long length) : IByteSource
{
    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset) => offset >= length
        ? 0
        : source.Read(destination[..(int)Math.Min(destination.Length, length - offset)], start + offset);
}
