using System.Buffers;
using System.Text.Unicode;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>Keeps a window of the file in memory: the token at hand and what follows it.</content>
internal sealed partial class JsonScanner
{
    private byte[] buffer;      // [end + BlockBytes] and more: a block may be read past the end
    private int end;            // bytes of the file in the buffer
    private int wellFormed;     // bytes of them known to be UTF-8
    private long origin;        // where in the file the buffer begins
    private bool sourceEnded;
    private int keep = None;    // what follows must stay in the buffer

    /// <summary>Makes the block at hand whole, or padded with spaces at the end of the file.</summary>
    /// <returns>False where there is no byte of it.</returns>
    private bool FillBlock()
    {
        while (block + BlockBytes > end && !sourceEnded)
            if (!Fill())
                return false;
        return block < end;
    }

    private bool Fill()
    {
        DropBeforeKept();
        if (end + BlockBytes >= buffer.Length && !Grow())
            return false;
        var room = buffer.AsSpan(end, buffer.Length - BlockBytes - end);
        var read = source.Read(room, origin + end);
        if (read == 0)
        {
            sourceEnded = true;
            buffer.AsSpan(end, BlockBytes).Fill((byte)' ');
        }

        end += read;
        CheckUtf8();
        return true;
    }

    private void DropBeforeKept()
    {
        var drop = Math.Min(keep == None ? block : Math.Min(keep, block), wellFormed);
        if (drop <= 0)
            return;
        buffer.AsSpan(drop, end - drop).CopyTo(buffer);
        origin += drop;
        end -= drop;
        wellFormed -= drop;
        block -= drop;
        valueStart -= drop;
        if (keep != None)
            keep -= drop;
    }

    private bool Grow()
    {
        if (keep == None || end - keep <= maxTokenBytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
            return true;
        }

        return FailTooLarge(keep);
    }

    /// <summary>Checks what was read since the last time, up to the last whole character.</summary>
    private void CheckUtf8()
    {
        var fresh = buffer.AsSpan(wellFormed, end - wellFormed);
        var whole = sourceEnded ? fresh.Length : fresh.Length - UnfinishedBytes(fresh);
        if (Utf8.IsValid(fresh[..whole]))
        {
            wellFormed += whole;
            return;
        }

        wellFormed += Utf8Prefix.LengthOf(fresh[..whole]);
        EndAt(wellFormed, "not UTF-8: save the file as UTF-8");
    }

    /// <summary>
    /// Ends the file before a byte that is wrong wherever it stands. What comes before it is still walked, so that the fault shows
    /// in the entry that has it, and after any fault before it.
    /// </summary>
    private void EndAt(int place, string detail)
    {
        if (ahead is null || place < end)
            ahead = new JsonFault(detail, origin + place);
        end = Math.Min(end, place);
        wellFormed = Math.Min(wellFormed, end);
        sourceEnded = true;
        buffer.AsSpan(end, BlockBytes).Fill((byte)' ');
    }

    /// <summary>Bytes at the end that begin a character of which more is to come: 0 to 3.</summary>
    private static int UnfinishedBytes(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var lead = bytes[^back];
            if (lead < 0x80)
                return 0;
            if (lead >= 0xC0)
                return back < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) ? back : 0;
        }

        return 0;
    }

    /// <summary>Goes on at another offset, outside of strings.</summary>
    private void MoveTo(long offset)
    {
        var at = offset - origin;
        if (at < 0 || at > end)
        {
            origin = offset;
            at = end = wellFormed = 0;
            sourceEnded = false;
        }

        block = (int)at - BlockBytes;
        structure = opening = closing = 0;
        insideString = escapes = hexDigits = insideWord = 0;
        keep = None;
    }
}
