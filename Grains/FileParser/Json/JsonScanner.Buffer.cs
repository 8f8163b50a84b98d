using System.Buffers;
using System.Text.Unicode;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>Keeps a window of the file in memory: the token at hand and what follows it.</content>
internal sealed partial class JsonScanner
{
    private byte[] _buffer;      // [end + BlockBytes] and more: a block may be read past the end
    private int _end;            // bytes of the file in the buffer
    private int _wellFormed;     // bytes of them known to be UTF-8
    private long _origin;        // where in the file the buffer begins
    private bool _sourceEnded;
    private int _keep = None;    // what follows must stay in the buffer

    /// <summary>Makes the block at hand whole, or padded with spaces at the end of the file.</summary>
    /// <returns>False where there is no byte of it.</returns>
    private bool FillBlock()
    {
        while (_block + BlockBytes > _end && !_sourceEnded)
            if (!Fill())
                return false;
        return _block < _end;
    }

    private bool Fill()
    {
        DropBeforeKept();
        if (_end + BlockBytes >= _buffer.Length && !Grow())
            return false;
        var room = _buffer.AsSpan(_end, _buffer.Length - BlockBytes - _end);
        var read = _source.Read(room, _origin + _end);
        if (read == 0)
        {
            _sourceEnded = true;
            _buffer.AsSpan(_end, BlockBytes).Fill((byte)' ');
        }

        _end += read;
        if (!_lenient)
            CheckUtf8();
        return true;
    }

    private void DropBeforeKept()
    {
        var drop = Math.Min(_keep == None ? _block : Math.Min(_keep, _block), _lenient ? _end : _wellFormed) - (Tolerant ? Behind : 0);
        if (drop <= 0)
            return;
        _buffer.AsSpan(drop, _end - drop).CopyTo(_buffer);
        _origin += drop;
        _end -= drop;
        _wellFormed = Math.Max(0, _wellFormed - drop);
        _block -= drop;
        _valueStart -= drop;
        if (_keep != None)
            _keep -= drop;
    }

    private bool Grow()
    {
        if (_keep == None || _end - _keep <= _maxTokenBytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            return true;
        }

        return FailTooLarge(_keep);
    }

    /// <summary>Checks what was read since the last time, up to the last whole character.</summary>
    private void CheckUtf8()
    {
        if (Tolerant && !PassLineSeparators())
            return;
        var fresh = _buffer.AsSpan(_wellFormed, _end - _wellFormed);
        CheckUtf8Before(_sourceEnded ? _end : _end - Utf8Prefix.UnfinishedAtEnd(fresh));
    }

    /// <summary>Checks what was read since the last time up to a place; the file ends where it is no UTF-8.</summary>
    private bool CheckUtf8Before(int place)
    {
        var fresh = _buffer.AsSpan(_wellFormed, place - _wellFormed);
        if (Utf8.IsValid(fresh))
        {
            _wellFormed = place;
            return true;
        }

        _wellFormed += Utf8Prefix.LengthOf(fresh);
        EndAt(_wellFormed, "not UTF-8: save the file as UTF-8");
        return false;
    }

    /// <summary>
    /// Ends the file before a byte that is wrong wherever it stands. What comes before it is still walked, so that the fault shows
    /// in the entry that has it, and after any fault before it.
    /// </summary>
    private void EndAt(int place, string detail)
    {
        if (_ahead is null || place < _end)
            _ahead = new JsonFault(detail, _origin + place);
        Cut(Math.Min(_end, place));
    }

    /// <summary>Goes on at another offset, outside of strings.</summary>
    private void MoveTo(long offset)
    {
        var at = offset - _origin;
        if (at < 0 || at > _end || (offset < _passedOver && !_lenient))
        {
            _origin = offset;
            at = _end = _wellFormed = 0;
            _sourceEnded = false;
            _ahead = null;
            _cutEnd = None;
            _passedOver = 0;
        }

        _block = (int)at - BlockBytes;
        _structure = _opening = _closing = 0;
        _insideString = _escapes = _hexDigits = _insideWord = 0;
        _keep = None;
    }
}
