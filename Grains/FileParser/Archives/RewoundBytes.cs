using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Bytes that come from front to back; who goes back has them unpacked once more, and who does so often, to disk.</summary>
/// <param name="unpack">Begins to unpack.</param>
/// <param name="openAnywhere">Unpacks to where any byte can be read, as far as it can be unpacked.</param>
internal sealed class RewoundBytes(Func<IByteSource> unpack, Func<IByteSource> openAnywhere) : IByteSource
{
    /// <summary>What may be unpacked a second time before it is worth a file.</summary>
    private const long MostRepeated = 32L << 20;

    private const int Kept = 4096;

    private IByteSource _source = unpack();
    private bool _anywhere;
    private string? _failed;
    private long _position;
    private long _repeated;

    // What stands around the place where the last read began, so that a look back over the edge of a reader's window costs nothing.
    private readonly byte[] _around = new byte[2 * Kept];
    private long _aroundStart;
    private int _aroundLength;
    private readonly byte[] _tail = new byte[Kept];
    private int _tailLength;

    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset)
    {
        if (_failed is not null)
            throw new InvalidDataException(_failed);
        if (_anywhere)
            return _source.Read(destination, offset);
        if (offset < _position && offset >= _aroundStart && offset < _aroundStart + _aroundLength)
        {
            var kept = _around.AsSpan((int)(offset - _aroundStart), (int)(_aroundStart + _aroundLength - offset));
            kept = kept[..Math.Min(kept.Length, destination.Length)];
            kept.CopyTo(destination);
            return kept.Length;
        }

        if (offset < _position)
        {
            Rewind();
            if (_anywhere)
                return _source.Read(destination, offset);
        }

        PassTo(offset, destination);
        if (_position < offset)
            return 0;
        var read = _source.Read(destination, offset);
        Keep(destination[..read]);
        _position += read;
        return read;
    }

    /// <summary>Closes the source.</summary>
    public void Dispose() => _source.Dispose();

    private void Rewind()
    {
        _repeated += _position;
        var isAnywhere = _repeated > MostRepeated;
        IByteSource source;
        try
        {
            source = isAnywhere ? openAnywhere() : unpack();
        }
        catch (InvalidDataException broken)
        {
            // Who asks again, as one does who takes a damage for the end, is told the same.
            _failed = broken.Message;
            throw;
        }

        _source.Dispose();
        (_source, _anywhere) = (source, isAnywhere);
        _position = _tailLength = _aroundLength = 0;
    }

    private void PassTo(long offset, Span<byte> buffer)
    {
        while (_position < offset)
        {
            var room = buffer[..(int)Math.Min(buffer.Length, offset - _position)];
            var read = _source.Read(room, _position);
            if (read == 0)
                return;
            Keep(room[..read]);
            _position += read;
        }
    }

    private void Keep(ReadOnlySpan<byte> read)
    {
        _tail.AsSpan(0, _tailLength).CopyTo(_around);
        _aroundStart = _position - _tailLength;
        var head = read[..Math.Min(read.Length, Kept)];
        head.CopyTo(_around.AsSpan(_tailLength));
        _aroundLength = _tailLength + head.Length;

        var whole = _around.AsSpan(0, _aroundLength);
        var tail = read.Length >= Kept ? read[^Kept..] : whole[^Math.Min(Kept, whole.Length)..];
        tail.CopyTo(_tail);
        _tailLength = tail.Length;
    }
}
