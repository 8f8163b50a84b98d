namespace ChatAnalysis.Grains.FileParser.Bytes;

/// <summary>The bytes of a file, read from any offset.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>Reads from <paramref name="offset"/> on.</summary>
    /// <returns>Bytes read, at least 1; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">The archive that it comes from is damaged there; the message says how.</exception>
    int Read(Span<byte> destination, long offset);

    /// <summary>Closes what was opened for it.</summary>
    void IDisposable.Dispose()
    {
        // Many have nothing to close.
    }
}
