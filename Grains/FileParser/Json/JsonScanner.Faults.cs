namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>What can be wrong.</content>
internal sealed partial class JsonScanner
{
    private JsonFault? _ahead;   // why the file is taken to end before its end

    private bool Expected(string what, int at) => at < 0 ? EndsEarly() : Fail($"expected {what}", _origin + at);

    private bool EndsEarly()
    {
        var early = _insideString != 0 ? "the file ends within a text" : "the file ends before its JSON is complete";
        return Fault is null && (_ahead is null ? Fail(early, _origin + _end) : Fail(_ahead.Detail, _ahead.Offset));
    }

    private bool FailTooLarge(int at) =>
        Fail($"a text of more than {_maxTokenBytes} bytes, which is what the setting Parsing:MaxMessageBytes allows", _origin + at);

    /// <summary>Ends the walk. The first fault is the one that is told.</summary>
    /// <returns>False, for the caller to hand on.</returns>
    private bool Fail(string detail, long offset)
    {
        Fault ??= new JsonFault(detail, offset);
        _structure = _opening = _closing = 0;
        _pending = false;
        Kind = JsonKind.None;
        return false;
    }

    private bool LineEndsBetween(long from, long to)
    {
        if (from >= _origin)
            return _buffer.AsSpan((int)(from - _origin), (int)(to - from)).Contains((byte)'\n');

        Span<byte> between = stackalloc byte[256];
        for (var at = from; at < to;)
        {
            var length = _source.Read(between[..(int)Math.Min(between.Length, to - at)], at);
            if (length == 0)
                return false;
            if (between[..length].Contains((byte)'\n'))
                return true;
            at += length;
        }

        return false;
    }
}
