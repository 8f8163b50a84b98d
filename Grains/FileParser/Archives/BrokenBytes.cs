using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>What was unpacked of something damaged: behind its last byte the damage shows.</summary>
/// <param name="source">The bytes; somebody else closes them.</param>
/// <param name="damage">What is wrong with what followed.</param>
internal sealed class BrokenBytes(IByteSource source, string damage) : IByteSource
{
    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset) =>
        source.Read(destination, offset) is > 0 and var read ? read
            : destination.IsEmpty ? 0
            : throw new InvalidDataException(damage);
}
