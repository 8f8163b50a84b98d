using System.IO.Hashing;
using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Bytes that are held to their length and checksum once all of them were read, however often some are read again.</summary>
/// <param name="source">The bytes; closed with this.</param>
/// <param name="length">How many there must be; negative where that is not known.</param>
/// <param name="crc">Their checksum; null where there is none.</param>
internal sealed class CheckedBytes(IByteSource source, long length, uint? crc) : IByteSource
{
    private readonly Crc32 _crc = new();
    private long _covered;

    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset)
    {
        if (destination.IsEmpty)
            return 0;
        var read = source.Read(destination, offset);
        if (offset <= _covered && offset + read > _covered)
        {
            _crc.Append(destination[(int)(_covered - offset)..read]);
            _covered = offset + read;
        }

        if (length >= 0 && _covered > length)
            throw new InvalidDataException($"damaged: it unpacks to more than the {length} bytes that the archive's directory tells");
        if (read > 0 || offset != _covered)
            return read;
        if (length >= 0 && _covered < length)
            throw new InvalidDataException($"damaged: it ends after {_covered} of {length} bytes. Export or copy the archive again");
        if (crc is { } expected && _crc.GetCurrentHashAsUInt32() != expected)
            throw new InvalidDataException("damaged: its checksum is not the archive's. Export or copy the archive again");
        return 0;
    }

    /// <summary>Closes the source.</summary>
    public void Dispose() => source.Dispose();
}
