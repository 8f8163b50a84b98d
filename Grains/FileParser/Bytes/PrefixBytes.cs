namespace ChatAnalysis.Grains.FileParser.Bytes;

/// <summary>The first bytes of a source, as if it ended after them.</summary>
internal sealed class PrefixBytes(IByteSource source, long length) : IByteSource
{
    /// <summary>Whether a reader came to the cut; a source that ends before it is not cut.</summary>
    public bool WasCut { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset)
    {
        if (offset < length)
            return source.Read(destination[..(int)Math.Min(destination.Length, length - offset)], offset);
        WasCut = true;
        return 0;
    }
}
