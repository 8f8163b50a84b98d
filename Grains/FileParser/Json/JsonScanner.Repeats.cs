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
    public bool TakeIfWritten(ReadOnlySpan<byte> raw) => TakeIfWritten(raw, default, default);

    /// <summary>Takes the container at hand where it is written like another one, with a text in it that stands earlier in the file.</summary>
    /// <param name="before">What the other one, which <see cref="RawFrom"/> gave, has before its text.</param>
    /// <param name="text">Where the text stands in the file: what is between the quotes.</param>
    /// <param name="after">What the other one has behind its text.</param>
    /// <returns>False where it is another, or the text is in memory no more; the container is still at hand then.</returns>
    public bool TakeIfWritten(ReadOnlySpan<byte> before, (long Offset, int Length) text, ReadOnlySpan<byte> after)
    {
        // One block more, so that nothing has to be read while its structure is dropped.
        var length = before.Length + text.Length + after.Length;
        var raw = PeekRaw(length + BlockBytes);
        if (raw.Length < length || !raw.StartsWith(before) || !raw[(length - after.Length)..].StartsWith(after)
            || (text.Length > 0 && !IsAt(text.Offset, raw.Slice(before.Length, text.Length))))
            return false;
        _pending = false;
        _keep = _valueStart;
        if (!DropStructureBefore(length))
            return true;
        _keep = None;
        TakenTo(_valueStart + length - 1);
        return true;
    }

    /// <summary>The container that was left last, as it is written. Void at the next call.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <returns>Nothing where its beginning is in memory no more.</returns>
    public ReadOnlySpan<byte> RawFrom(long offset) =>
        offset < _origin || _left <= offset || Fault is not null
            ? default
            : _buffer.AsSpan((int)(offset - _origin), (int)(_left - offset));

    private bool IsAt(long offset, ReadOnlySpan<byte> bytes) =>
        offset >= _origin && _buffer.AsSpan((int)(offset - _origin), bytes.Length).SequenceEqual(bytes);
}
