using System.Text;
using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>So many bytes of the letter a between two texts, without holding them.</summary>
internal sealed class LongText(string before, long bytes, string after) : IByteSource
{
    private readonly byte[] _before = Encoding.UTF8.GetBytes(before);
    private readonly byte[] _after = Encoding.UTF8.GetBytes(after);

    public int Read(Span<byte> destination, long offset)
    {
        if (offset < _before.Length)
            return Copy(_before.AsSpan((int)offset), destination);
        if (offset >= _before.Length + bytes)
            return Copy(_after.AsSpan((int)Math.Min(offset - _before.Length - bytes, _after.Length)), destination);
        var length = (int)Math.Min(destination.Length, _before.Length + bytes - offset);
        destination[..length].Fill((byte)'a');
        return length;
    }

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var length = Math.Min(from.Length, to.Length);
        from[..length].CopyTo(to);
        return length;
    }
}
