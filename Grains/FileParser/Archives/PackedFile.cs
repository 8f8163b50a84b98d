using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>A file that is compressed within an archive.</summary>
/// <param name="path">Its path within the upload.</param>
/// <param name="entry">How it is unpacked, and what is known of it.</param>
/// <param name="limits">What may be unpacked of the upload.</param>
/// <param name="spool">Where it is unpacked to if it must be read in any order.</param>
internal sealed class PackedFile(string path, PackedEntry entry, UnpackingLimits limits, Spool spool) : ExportFile
{
    /// <summary>Up to this size a file is unpacked into memory.</summary>
    private const int MostInMemory = 512 * 1024;

    private readonly Lock _spooling = new();
    private IByteSource? _spooled;
    private IByteSource? _spooledAsFar;
    private string _damage = "";
    private long _unpacked;
    private long _size = entry.Size;

    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    /// <remarks>Sure once it was opened to be read in any order.</remarks>
    public override long Size => Interlocked.Read(ref _size);

    /// <inheritdoc/>
    public override IByteSource Open()
    {
        if (Volatile.Read(ref _spooled) is { } spooled)
            return new RangeBytes(spooled, 0, long.MaxValue);
        return entry.ClaimedSize is >= 0 and <= MostInMemory
            ? new SmallBytes(Unpack(), (int)entry.ClaimedSize)
            : new RewoundBytes(Unpack, OpenAsFar);
    }

    /// <inheritdoc/>
    public override IByteSource OpenAnywhere()
    {
        lock (_spooling)
        {
            if (_spooled is null)
            {
                using var packed = Unpack();
                Keep(spool.Add(packed));
            }

            return new RangeBytes(_spooled!, 0, long.MaxValue);
        }
    }

    /// <inheritdoc/>
    public override string? Check() => Check(Unpack);

    /// <summary>
    /// What can be unpacked, to be read in any order. What is damaged shows its damage behind that, where whoever reads from the front
    /// comes upon it too.
    /// </summary>
    private IByteSource OpenAsFar()
    {
        lock (_spooling)
        {
            if (_spooledAsFar is null && _spooled is null)
            {
                string? damage = null;
                using var packed = new ForgivenBytes(Unpack(), broken => damage = broken);
                var spooled = spool.Add(packed);
                if (damage is null)
                    Keep(spooled);
                else
                    (_spooledAsFar, _damage) = (spooled.Bytes, damage);
            }

            return _spooled is { } whole ? new RangeBytes(whole, 0, long.MaxValue) : new BrokenBytes(_spooledAsFar!, _damage);
        }
    }

    private void Keep((IByteSource Bytes, long Length) spooled)
    {
        Interlocked.Exchange(ref _size, spooled.Length);
        Volatile.Write(ref _spooled, spooled.Bytes);
    }

    private CheckedBytes Unpack() => new(new UnpackedBytes(this, entry.Unpack()), entry.ClaimedSize, entry.Crc);

    /// <summary>Counts what no reader before this one has unpacked.</summary>
    private void Count(long unpacked)
    {
        var before = Interlocked.Read(ref _unpacked);
        while (unpacked > before)
        {
            var seen = Interlocked.CompareExchange(ref _unpacked, unpacked, before);
            if (seen == before)
            {
                limits.AddBytes(path, unpacked - before, unpacked, entry.PackedBytes);
                return;
            }

            before = seen;
        }
    }

    /// <summary>What comes out, from front to back only.</summary>
    private sealed class UnpackedBytes(PackedFile file, Stream stream) : IByteSource
    {
        private long _position;

        public int Read(Span<byte> destination, long offset)
        {
            if (offset != _position)
                throw new ArgumentOutOfRangeException(nameof(offset), offset, $"Only {_position} can be read");
            int read;
            try
            {
                read = stream.Read(destination);
            }
            catch (InvalidDataException broken)
            {
                throw new InvalidDataException("damaged: it cannot be unpacked. Export or copy the archive again", broken);
            }

            _position += read;
            file.Count(_position);
            return read;
        }

        public void Dispose() => stream.Dispose();
    }
}
