namespace ChatAnalysis.Grains.FileParser.Bytes;

/// <summary>Bytes that seem to end where they are damaged.</summary>
/// <param name="source">The bytes; closed with this. Null where there are none.</param>
/// <param name="note">Is told what is wrong with them, as often as somebody comes upon it.</param>
internal sealed class ForgivenBytes(IByteSource? source, Action<string> note) : IByteSource
{
    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset)
    {
        try
        {
            return source?.Read(destination, offset) ?? 0;
        }
        catch (InvalidDataException broken)
        {
            note(broken.Message);
            return 0;
        }
    }

    /// <summary>Closes the source.</summary>
    public void Dispose() => source?.Dispose();
}
