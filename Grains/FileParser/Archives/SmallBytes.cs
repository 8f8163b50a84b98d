using System.Buffers;
using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Bytes that are unpacked into memory at once; a damage shows where it stands.</summary>
internal sealed class SmallBytes : IByteSource
{
    private readonly int _length;
    private readonly string? _broken;
    private byte[] _bytes;

    /// <summary>Unpacks all there is.</summary>
    /// <param name="packed">What is unpacked; closed by this.</param>
    /// <param name="size">How many bytes there are; more are not taken.</param>
    public SmallBytes(IByteSource packed, int size)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(size + 1);
        using (packed)
        {
            try
            {
                while (packed.Read(_bytes.AsSpan(_length), _length) is > 0 and var read)
                    _length += read;
            }
            catch (InvalidDataException broken)
            {
                _broken = broken.Message;
            }
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset)
    {
        if (offset >= _length)
            return _broken is null ? 0 : throw new InvalidDataException(_broken);
        var read = (int)Math.Min(destination.Length, _length - offset);
        _bytes.AsSpan((int)offset, read).CopyTo(destination);
        return read;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
