using System.Buffers.Binary;
using System.IO.Compression;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Makes the entries of a zip archive files of the upload.</summary>
/// <param name="source">The archive; read by several threads at once.</param>
/// <param name="limits">What may be unpacked.</param>
/// <param name="spool">Where to, if need be.</param>
internal sealed class ZipReader(IByteSource source, UnpackingLimits limits, Spool spool)
{
    /// <summary>The file that an entry is.</summary>
    /// <param name="path">Its path within the upload.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="InvalidDataException">It cannot be read; the message says why and what to do.</exception>
    public ExportFile Open(string path, ZipEntry entry)
    {
        if (entry.IsEncrypted)
            throw new InvalidDataException("is encrypted: unpack the archive with its password and send it without");
        switch (entry.Method)
        {
            case ZipEntry.Stored when entry.PackedBytes != entry.Size:
                throw new InvalidDataException("damaged: the archive's directory gives two sizes for it. Export or copy the archive again");
            case ZipEntry.Stored:
                return new RangeFile(path, source, DataOf(entry), entry.Size, entry.Crc);
            case ZipEntry.Deflate:
                var packed = new PackedEntry(() => Inflate(entry), entry.PackedBytes, entry.Size, SizeIsSure: true, entry.Crc);
                return new PackedFile(path, packed, limits, spool);
            default:
                throw new InvalidDataException(
                    $"is compressed by {entry.MethodName}, which is not read: pack the archive in the usual way (Deflate)");
        }
    }

    private DeflateStream Inflate(ZipEntry entry) => new(
        new SourceStream(new RangeBytes(source, DataOf(entry), entry.PackedBytes), entry.PackedBytes), CompressionMode.Decompress);

    /// <summary>Where an entry's data begin: behind its own header, whose length the directory does not tell.</summary>
    private long DataOf(ZipEntry entry)
    {
        const string otherwise = "an entry's header cannot be read";
        var header = ZipDirectory.ReadBytes(source, entry.Offset, ZipDirectory.HeaderBytes, otherwise);
        var data = entry.Offset + ZipDirectory.HeaderBytes
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034B50)
            throw new InvalidDataException("damaged: it is not where the archive's directory says. Export or copy the archive again");
        if (entry.PackedBytes > entry.End - data)
            throw new InvalidDataException("damaged: it shares bytes with another entry of the archive. Export or copy the archive again");
        return data;
    }
}
