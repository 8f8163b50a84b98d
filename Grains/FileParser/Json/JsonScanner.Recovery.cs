namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>Finds the way past what is damaged, for those who keep what is not.</content>
internal sealed partial class JsonScanner
{
    // What may be walked through again: a hostile file would have all of it read again and again.
    private const long MostGoneBack = 16L << 20;
    private const int MostGoneBackAByte = 8;

    private const string BeforeLines = " \t\r\n}]";

    private readonly byte[] _cutBytes = new byte[BlockBytes]; // what stood where the file was taken to end
    private int _cutEnd = None;                               // and how many bytes were in the buffer then
    private int _cutWellFormed;
    private bool _cutSourceEnded;
    private bool _lenient;                                    // only the structure counts
    private bool _isPassing;                                  // and nothing is taken
    private long _goneBack;
    private long _passedOver;                                 // before it the buffer may hold bytes that are no UTF-8

    /// <summary>Whether only the structure counts: for values that were checked, in a file that may be damaged elsewhere.</summary>
    public bool IsLenient { get => _lenient; init => _lenient = value; }

    /// <summary>
    /// Goes on behind a value whose structure is sound; whatever else is wrong in it is passed over. After a fault, where it shows in
    /// that value.
    /// </summary>
    /// <param name="value">The value. The containers around it must still be open.</param>
    /// <returns>False where its end cannot be told, or the fault stands behind it; the fault stays then.</returns>
    public bool PassOver(JsonMark value)
    {
        var fault = Fault;
        if (!MayGoBack(value.Offset))
            return false;
        _lenient = _isPassing = true;
        Resume(value.Offset, value.Depth);
        var next = -1;
        if (Begin(Next()))
        {
            SkipPending();
            next = Next();
        }

        _lenient = _isPassing = false;
        if (Fault is not null || next < 0 || fault?.Offset >= _origin + next)
        {
            Fault = fault ?? Fault;
            return Fault is null ? EndsEarly() : Fail(Fault.Detail, Fault.Offset);
        }

        var behind = _origin + next;
        Resume(behind, value.Depth);
        CheckBehind((int)(behind - _origin));
        return true;
    }

    /// <summary>
    /// After a fault: goes on in the next line, where the file is one of lines, each a document. Lines that begin with a space or a
    /// closing bracket go on with the one before.
    /// </summary>
    /// <param name="offset">Where the damaged line begins, or a place in it.</param>
    /// <param name="shows">Where the fault shows in that line: at its end where something is missing there.</param>
    /// <returns>False where the file does not seem to be one of lines; the fault stays then.</returns>
    public bool PassLine(long offset, out long shows)
    {
        shows = 0;
        if (Fault is not { } fault || !MayGoBack(offset))
            return false;
        Uncut();
        var isFirst = _documentEnd == 0;
        var (next, firstBreak, isLast) = LineBehind(Math.Max(offset, _documentEnd));

        // A document that goes on behind its line's end is none of a file of lines, unless others show that it is one.
        if (isFirst && (isLast || (fault.Offset > firstBreak && fault.Offset != next)))
            return false;
        shows = Math.Min(fault.Offset, firstBreak - 1);
        Resume(next, depth: 0);
        CheckBehind((int)(next - _origin));
        _documentEnd = next - 1;
        return true;
    }

    private bool MayGoBack(long offset)
    {
        _goneBack += Math.Max(0, _origin + _block - offset);
        return _goneBack <= MostGoneBack + (MostGoneBackAByte * offset);
    }

    private void Resume(long offset, int depth)
    {
        Uncut();
        Fault = null;
        _depth = depth;
        _pending = _entered = false;
        MoveTo(offset);
    }

    /// <summary>Checks what was read from a place on as far as that was not done: what stands before it was passed over.</summary>
    private void CheckBehind(int place)
    {
        if (_wellFormed < place)
            _passedOver = _origin + place;
        _wellFormed = Math.Max(_wellFormed, Math.Min(place, _end));
        if (_wellFormed < _end - (_sourceEnded ? 0 : 3))
            CheckUtf8();
    }

    /// <summary>Takes the file to end at a place in the buffer, until <see cref="Uncut"/>.</summary>
    private void Cut(int place)
    {
        if (_cutEnd == None)
            (_cutEnd, _cutWellFormed, _cutSourceEnded) = (_end, _wellFormed, _sourceEnded);
        else
            _cutBytes.CopyTo(_buffer.AsSpan(_end));
        _buffer.AsSpan(place, BlockBytes).CopyTo(_cutBytes);
        _buffer.AsSpan(place, BlockBytes).Fill((byte)' ');
        _end = place;
        _wellFormed = Math.Min(_wellFormed, place);
        _sourceEnded = true;
    }

    private void Uncut()
    {
        _ahead = null;
        if (_cutEnd == None)
            return;
        _cutBytes.CopyTo(_buffer.AsSpan(_end));
        (_end, _wellFormed, _sourceEnded) = (_cutEnd, _cutWellFormed, _cutSourceEnded);
        _cutEnd = None;
    }

    /// <summary>Where the next line begins that may be a document, or the file's end; and where the line at hand ends.</summary>
    private (long Next, long FirstBreak, bool IsLast) LineBehind(long offset)
    {
        var scratch = new byte[4096];
        var broken = false;
        var firstBreak = -1L;
        for (var at = offset; ;)
        {
            var isHere = at >= _origin && at < _origin + _end;
            var bytes = isHere
                ? _buffer.AsSpan((int)(at - _origin), (int)(_origin + _end - at))
                : scratch.AsSpan(0, _source.Read(scratch, at));
            if (bytes.IsEmpty || (broken && !BeforeLines.Contains((char)bytes[0], StringComparison.Ordinal)))
                return (at, firstBreak < 0 ? at : firstBreak, bytes.IsEmpty);
            var length = bytes.IndexOf((byte)'\n') + 1;
            broken = length > 0;
            at += broken ? length : bytes.Length;
            if (broken && firstBreak < 0)
                firstBreak = at;
        }
    }

    /// <summary>Takes whatever stands where a number or word should, in a value that is passed over.</summary>
    private bool TakeAnyWord() =>
        ",:}]".Contains((char)_buffer[_valueStart], StringComparison.Ordinal)
            ? Fail("expected a JSON value", Offset)
            : TakenTo(_valueStart);
}
