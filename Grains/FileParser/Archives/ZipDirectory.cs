using System.Buffers.Binary;
using System.Text;
using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Reads what a zip archive holds from the directory at its end.</summary>
/// <remarks>
/// The directory is read here, and not by ZipArchive, because that tells neither where an entry lies, by which entries that share
/// bytes are found out and stored ones read in place, nor can it be used by several threads.
/// </remarks>
internal static class ZipDirectory
{
    /// <summary>The length of an entry's header before its name.</summary>
    public const int HeaderBytes = 30;

    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int End64Bytes = 56;
    private const int RecordBytes = 46;
    private const int MostBytes = 64 << 20;
    private const int MostComment = 0xFFFF;
    private const uint In64 = 0xFFFFFFFF;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Dos = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    /// <summary>The entries in the order of the directory.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="length">Its length.</param>
    /// <param name="goesOn">Asked before each entry; false ends the list.</param>
    /// <exception cref="InvalidDataException">The directory is damaged, or of a kind that is not read; the message says which.</exception>
    public static List<ZipEntry> Read(IByteSource source, long length, Func<bool> goesOn)
    {
        var (start, size, count) = FindDirectory(source, length);
        if (size > MostBytes)
            throw new InvalidDataException($"its directory is of {size} bytes, and more than {MostBytes} are not read");
        var directory = ReadBytes(source, start, (int)size, "its directory cannot be read");
        var entries = new List<ZipEntry>();
        var at = 0;
        while (at < directory.Length && goesOn())
            entries.Add(ReadRecord(directory, ref at));

        // Some archivers let the number run over 16 bits.
        if (at == directory.Length && (entries.Count & 0xFFFF) != (count & 0xFFFF))
            throw Damaged("its directory holds more or fewer entries than it says");
        return WithEnds(entries, start);
    }

    /// <summary>Bytes of an archive.</summary>
    /// <exception cref="InvalidDataException">It ends before.</exception>
    public static byte[] ReadBytes(IByteSource source, long offset, int count, string otherwise)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = offset < 0 ? 0 : source.Read(bytes.AsSpan(read), offset + read);
            if (more == 0)
                throw new InvalidDataException($"the zip archive is damaged: {otherwise}. Export or copy it again");
            read += more;
        }

        return bytes;
    }

    private static (long Start, long Size, long Count) FindDirectory(IByteSource source, long length)
    {
        var tailAt = Math.Max(0, length - EndBytes - MostComment);
        var tail = ReadBytes(source, tailAt, (int)(length - tailAt), "it cannot be read");
        var at = FindEnd(tail);
        if (at < 0)
            throw new InvalidDataException("the zip archive is not complete: the directory at its end is missing. Copy it again");
        var end = tail.AsSpan(at, EndBytes);
        var endAt = tailAt + at;
        long count = U16(end, 10), size = U32(end, 12), start = U32(end, 16);
        if (count == 0xFFFF || size == In64 || start == In64)
        {
            var locator = ReadBytes(source, Math.Max(0, endAt - LocatorBytes), LocatorBytes, "its end is damaged");
            if (U32(locator, 0) == 0x07064B50)
            {
                endAt = (long)U64(locator, 8);
                var end64 = ReadBytes(source, endAt, End64Bytes, "its end is damaged");
                if (U32(end64, 0) != 0x06064B50)
                    throw Damaged("its end is damaged");
                (count, size, start) = ((long)U64(end64, 32), (long)U64(end64, 40), (long)U64(end64, 48));
            }
        }
        else if (U16(end, 4) != 0 || U16(end, 6) != 0)
        {
            throw new InvalidDataException("the zip archive is one of several volumes: join them, or pack it as one file");
        }

        if (start < 0 || size < 0 || count < 0 || start > endAt || size > endAt - start)
            throw Damaged("its directory does not lie within it");
        return (start, size, count);
    }

    private static int FindEnd(byte[] tail)
    {
        for (var at = tail.Length - EndBytes; at >= 0; at--)
            if (tail[at] == 'P' && U32(tail, at) == 0x06054B50 && at + EndBytes + U16(tail, at + 20) <= tail.Length)
                return at;
        return -1;
    }

    private static ZipEntry ReadRecord(byte[] directory, ref int at)
    {
        if (directory.Length - at < RecordBytes || U32(directory, at) != 0x02014B50)
            throw Damaged("its directory is damaged");
        var record = directory.AsSpan(at, RecordBytes);
        int name = U16(record, 28), extra = U16(record, 30), comment = U16(record, 32);
        if (directory.Length - at - RecordBytes < name + extra + comment)
            throw Damaged("its directory is damaged");
        var nameBytes = directory.AsSpan(at + RecordBytes, name);
        var extraBytes = directory.AsSpan(at + RecordBytes + name, extra);
        at += RecordBytes + name + extra + comment;

        long packed = U32(record, 20), size = U32(record, 24), offset = U32(record, 42);
        if (Field(extraBytes, 0x0001) is { IsEmpty: false } large)
        {
            size = Wide(size, ref large);
            packed = Wide(packed, ref large);
            offset = Wide(offset, ref large);
        }

        var fromUnix = record[5] is 3 or 19;
        var flags = U16(record, 8);
        return new ZipEntry(
            NameOf(nameBytes, flags, extraBytes), flags, U16(record, 10), U32(record, 16), packed, size,
            fromUnix ? (int)(U32(record, 38) >> 16) : 0, offset);
    }

    /// <summary>UTF-8 where the archive says or shows it, else what DOS had.</summary>
    private static string NameOf(ReadOnlySpan<byte> name, int flags, ReadOnlySpan<byte> extra)
    {
        const int utf8Flag = 0x800, nameFrom = 5;
        if ((flags & utf8Flag) == 0 && Field(extra, 0x7075) is { Length: > nameFrom } unicode)
            name = unicode[nameFrom..];
        try
        {
            return StrictUtf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return Dos.GetString(name);
        }
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> extra, int id)
    {
        while (extra.Length >= 4 && U16(extra, 2) is var size && size <= extra.Length - 4)
        {
            if (U16(extra, 0) == id)
                return extra.Slice(4, size);
            extra = extra[(4 + size)..];
        }

        return [];
    }

    private static long Wide(long value, ref ReadOnlySpan<byte> large)
    {
        if (value != In64 || large.Length < sizeof(ulong))
            return value;
        value = (long)U64(large, 0);
        large = large[sizeof(ulong)..];
        return value;
    }

    /// <summary>Notes how far each entry may reach, and refuses entries that share bytes: so are the worst of bombs made.</summary>
    private static List<ZipEntry> WithEnds(List<ZipEntry> entries, long directory)
    {
        var end = directory;
        foreach (var i in Enumerable.Range(0, entries.Count).OrderByDescending(i => entries[i].Offset).ToList())
        {
            var entry = entries[i];
            if (entry.Offset < 0 || entry.PackedBytes < 0 || entry.Size < 0 || entry.Offset > end - HeaderBytes
                || entry.PackedBytes > end - HeaderBytes - entry.Offset)
            {
                throw new InvalidDataException(
                    $"the zip archive is damaged: its entry {EntryName.Of(entry.Name).Path} shares bytes with another "
                    + "or does not lie within it");
            }

            entries[i] = entry with { End = end };
            end = entry.Offset;
        }

        return entries;
    }

    private static InvalidDataException Damaged(string how) => new($"the zip archive is damaged: {how}. Export or copy it again");

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
