using System.Text.Unicode;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Csv;

/// <summary>A file as a stream that ends before the first byte that is no UTF-8.</summary>
/// <param name="source">The file.</param>
/// <param name="from">Where to begin.</param>
internal sealed class CheckedUtf8Stream(IByteSource source, long from = 0) : Stream
{
    private const int LongestCharacter = 4;

    private long _offset = from;

    /// <summary>Why it ended early, if it did.</summary>
    public JsonFault? Fault { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => _offset; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (Fault is not null || buffer.Length < LongestCharacter)
            return 0;

        // What begins a character and goes on later is read again then.
        var length = 0;
        int whole;
        var ended = false;
        do
        {
            var read = source.Read(buffer[length..], _offset + length);
            ended = read == 0;
            length += read;
            whole = ended ? length : length - Utf8Prefix.UnfinishedAtEnd(buffer[..length]);
        }
        while (whole == 0 && !ended);

        if (!Utf8.IsValid(buffer[..whole]))
        {
            whole = Utf8Prefix.LengthOf(buffer[..whole]);
            Fault = new JsonFault("not UTF-8: save the file as UTF-8", _offset + whole);
        }

        _offset += whole;
        return whole;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
