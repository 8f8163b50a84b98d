namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>Recognises small containers that are written again and again, so that each has to be taken apart but once.</content>
internal sealed partial class JsonScanner
{
    /// <summary>The first bytes of the value at hand, as it and what follows it are written. Void at the next call.</summary>
    /// <param name="most">How many; fewer at the end of the file.</param>
    public ReadOnlySpan<byte> PeekRaw(int most)
    {
        if (!_pending)
            return default;
        var keep = _keep;
        if (keep == None)
            _keep = _valueStart;
        while (_end - _valueStart < most && _end - _keep <= _maxTokenBytes && !_sourceEnded && Fill())
        {
        }

        if (keep == None)
            _keep = None;
        return _buffer.AsSpan(_valueStart, Math.Max(0, Math.Min(most, _end - _valueStart)));
    }

    /// <summary>Takes the container at hand where it is written like another one, which <see cref="RawFrom"/> gave.</summary>
    /// <returns>False where it is another; it is still at hand then.</returns>
    public bool TakeIfWritten(ReadOnlySpan<byte> raw)
    {
        // One block more, so that nothing has to be read while its structure is dropped.
        if (!PeekRaw(raw.Length + BlockBytes).StartsWith(raw))
            return false;
        _pending = false;
        _keep = _valueStart;
        if (!DropStructureBefore(raw.Length))
            return true;
        _keep = None;
        TakenTo(_valueStart + raw.Length - 1);
        return true;
    }

    /// <summary>The container that was left last, as it is written. Void at the next call.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <returns>Nothing where its beginning is in memory no more.</returns>
    public ReadOnlySpan<byte> RawFrom(long offset) =>
        offset < _origin || _left <= offset || Fault is not null
            ? default
            : _buffer.AsSpan((int)(offset - _origin), (int)(_left - offset));
}
