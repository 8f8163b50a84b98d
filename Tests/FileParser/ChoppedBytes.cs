using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Bytes that come at most so many at a time.</summary>
internal sealed class ChoppedBytes(byte[] bytes, int atMost = int.MaxValue) : IByteSource
{
    public int Read(Span<byte> destination, long offset)
    {
        var length = (int)Math.Max(0, Math.Min(Math.Min(destination.Length, atMost), bytes.Length - offset));
        bytes.AsSpan((int)Math.Min(offset, bytes.Length), length).CopyTo(destination);
        return length;
    }
}
