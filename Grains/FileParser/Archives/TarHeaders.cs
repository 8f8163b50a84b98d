using System.Buffers.Text;
using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Walks through the headers of a tar archive before TarReader does, which makes room for whatever they claim.</summary>
internal static class TarHeaders
{
    private const int BlockBytes = 512;
    private const int MostAttributeBytes = 1 << 20;

    /// <summary>Looks at all headers, up to the first that is none.</summary>
    /// <exception cref="InvalidDataException">An entry's name or attributes are out of all proportion.</exception>
    public static void Check(IByteSource source)
    {
        var header = new byte[BlockBytes];
        long? told = null;
        for (var at = 0L; Read(source, header, at) && IsHeader(header);)
        {
            var size = told ?? SizeOf(header);
            told = null;
            if (size < 0)
                return;
            if (header[156] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K' && size > MostAttributeBytes)
            {
                throw new InvalidDataException(
                    $"the tar archive claims {size} bytes for an entry's name or attributes, "
                    + $"and more than {MostAttributeBytes} are not read");
            }

            if (header[156] is (byte)'x' or (byte)'g')
                told = SizeIn(source, at + BlockBytes, (int)size);
            at += BlockBytes + ((size + BlockBytes - 1) / BlockBytes * BlockBytes);
        }
    }

    /// <summary>The size that extended attributes give the entry behind them, which goes before its own; null where they give none.</summary>
    private static long? SizeIn(IByteSource source, long at, int length)
    {
        var attributes = new byte[length];
        if (!Read(source, attributes, at))
            return null;
        var found = attributes.AsSpan().LastIndexOf(" size="u8);
        return found >= 0 && Utf8Parser.TryParse(attributes.AsSpan(found + " size=".Length), out long size, out _) && size >= 0
            ? Math.Min(size, long.MaxValue / 2)
            : null;
    }

    private static bool Read(IByteSource source, byte[] header, long at)
    {
        for (var read = 0; read < header.Length;)
        {
            var more = source.Read(header.AsSpan(read), at + read);
            if (more == 0)
                return false;
            read += more;
        }

        return true;
    }

    /// <summary>Whether the header's sum is right: its bytes, with spaces in place of the sum itself.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> header)
    {
        const int start = 148, end = 156;
        var sum = 0L;
        for (var i = 0; i < BlockBytes; i++)
            sum += i is >= start and < end ? (byte)' ' : header[i];
        return Octal(header[start..end]) == sum;
    }

    /// <summary>The size of what follows; negative where it is too large to be told.</summary>
    private static long SizeOf(ReadOnlySpan<byte> header)
    {
        const int start = 124, end = 136;
        var field = header[start..end];
        if (field[0] < 0x80)
            return Octal(field);
        var size = 0L;
        foreach (var value in field[1..])
            size = size > long.MaxValue >> 9 ? -1 : (size << 8) | value;
        return size > long.MaxValue / 2 ? -1 : size;
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        foreach (var digit in field.Trim((byte)' '))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                break;
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }
}
