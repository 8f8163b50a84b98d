using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>A small file that is held in memory, so that it can be read in any order without being unpacked to disk.</summary>
/// <param name="bytes">All of it.</param>
internal sealed class HeldBytes(byte[] bytes) : IByteSource
{
    /// <summary>Reads a file whole.</summary>
    /// <param name="source">The file.</param>
    /// <param name="most">How large it may be.</param>
    /// <returns>Null where it is larger.</returns>
    public static HeldBytes? TryHold(IByteSource source, int most)
    {
        var bytes = new byte[most + 1];
        var length = 0;
        while (length < bytes.Length && source.Read(bytes.AsSpan(length), length) is > 0 and var read)
            length += read;
        return length > most ? null : new HeldBytes(bytes[..length]);
    }

    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset)
    {
        var length = (int)Math.Min(destination.Length, Math.Max(0, bytes.Length - offset));
        bytes.AsSpan((int)Math.Min(offset, bytes.Length), length).CopyTo(destination);
        return length;
    }
}
