using System.Numerics;
using System.Text.Unicode;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Csv;

/// <summary>A file as a stream that ends before the first byte that is no UTF-8, or has a question mark in place of each such byte.</summary>
/// <param name="source">The file.</param>
/// <param name="goesOn">Whether it goes on behind such a byte.</param>
/// <param name="from">Where to begin.</param>
internal sealed class CheckedUtf8Stream(IByteSource source, bool goesOn, long from) : Stream
{
    /// <summary>What is wrong with a byte that is no UTF-8.</summary>
    public const string NotUtf8 = "not UTF-8: save the file as UTF-8";

    private const int LongestCharacter = 4;

    private const int BlockBytes = 64;

    // A bit for each byte of a block in which some were replaced: hardly anything beside the row, whatever is wrong in it.
    private readonly Queue<(long Start, ulong Bits)> _replaced = [];
    private (long Start, ulong Bits) _block;
    private long _offset = from;

    /// <summary>Why it ended early, if it did.</summary>
    public JsonFault? Fault { get; private set; }

    /// <summary>The first byte that was replaced in a range; null where none was. Ranges must be asked for in their order.</summary>
    public long? ReplacedIn(long from, long end)
    {
        while (_replaced.TryPeek(out var block))
        {
            var passed = from - block.Start;
            var left = passed <= 0 ? block.Bits : passed < BlockBytes ? block.Bits >> (int)passed << (int)passed : 0;
            if (left != 0)
                return block.Start + BitOperations.TrailingZeroCount(left) is var at && at < end ? at : null;
            _replaced.Dequeue();
        }

        return null;
    }

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

        for (var valid = 0; Fault is null && !Utf8.IsValid(buffer[valid..whole]); valid++)
        {
            valid += Utf8Prefix.LengthOf(buffer[valid..whole]);
            if (goesOn)
            {
                NoteReplaced(_offset + valid);
                buffer[valid] = (byte)'?';
                continue;
            }

            whole = valid;
            Fault = new JsonFault(NotUtf8, _offset + whole);
        }

        EndBlock();
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

    private void NoteReplaced(long offset)
    {
        if (offset - _block.Start >= BlockBytes)
        {
            EndBlock();
            _block.Start = offset;
        }

        _block.Bits |= 1UL << (int)(offset - _block.Start);
    }

    private void EndBlock()
    {
        if (_block.Bits != 0)
            _replaced.Enqueue(_block);
        _block.Bits = 0;
    }
}
