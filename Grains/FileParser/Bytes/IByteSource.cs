namespace ChatAnalysis.Grains.FileParser.Bytes;

/// <summary>The bytes of a file, read from any offset.</summary>
internal interface IByteSource
{
    /// <summary>Reads from <paramref name="offset"/> on.</summary>
    /// <returns>Bytes read, at least 1; 0 at the end.</returns>
    int Read(Span<byte> destination, long offset);
}
