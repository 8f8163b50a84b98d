using System.Buffers;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>What Telegram Desktop writes in place of JSON, and nothing else.</content>
/// <remarks>
/// It has three faults: control characters are written as <c>\x0B</c>; U+2028 and U+2029 are written as escapes and followed by
/// their last two bytes in UTF-8, which are no character by themselves; some versions left out the quotes around the path that is
/// the value of <c>document_id</c>, which then ends with its line.
/// </remarks>
internal sealed partial class JsonScanner
{
    private const int LongestBarePath = 4096;

    // Bytes before the place at hand that stay in the window, to see what a value or a stray byte stands behind.
    private const int Behind = BlockBytes;

    private const byte StrayByte = 0x80;
    private const byte LineSeparatorByte = 0xA8;

    private static readonly SearchValues<byte> NotInBarePath = SearchValues.Create("\"\\{}[]"u8);

    private static ReadOnlySpan<byte> BeforeBarePath => "\"document_id\": "u8;

    private static ReadOnlySpan<byte> NotBeginningBarePath => ":,{}[]"u8;

    private static ReadOnlySpan<byte> LineSeparatorEscape => "\\u202"u8;

    /// <summary>Whether the three faults are tolerated. To be set before anything is read.</summary>
    public bool Tolerant { get; set; }

    /// <summary>The first fault that was tolerated, if any was.</summary>
    public JsonFault? Tolerated { get; private set; }

    private bool IsBehindPathKey =>
        Tolerant && _depth > 0 && _valueStart >= BeforeBarePath.Length
        && _buffer.AsSpan(_valueStart - BeforeBarePath.Length, BeforeBarePath.Length).SequenceEqual(BeforeBarePath);

    private void Tolerate(string detail, int place) => Tolerated ??= new JsonFault(detail, _origin + place);

    /// <summary>Whether what begins at a place, which is no JSON, may be a path without quotes. Taking it will tell.</summary>
    private bool MayBeBarePath(int at) => Tolerant && _depth > 0 && !NotBeginningBarePath.Contains(_buffer[at]);

    /// <summary>Takes the value at <see cref="_valueStart"/>, which is no JSON, where it is a path without quotes.</summary>
    private bool TakeBarePath()
    {
        if (!IsBehindPathKey)
            return Fail("expected a JSON value", Offset);

        _keep = _valueStart;
        var length = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_valueStart + length, _end - _valueStart - length).IndexOfAny((byte)'\n', (byte)'\r');
            length = found < 0 ? _end - _valueStart : length + found;
            if (found >= 0 || _sourceEnded || length > LongestBarePath)
                break;
            if (!Fill())
                return false;
        }

        if (length > LongestBarePath || _buffer.AsSpan(_valueStart, length).ContainsAny(NotInBarePath))
            return Fail("expected a JSON value", Offset);
        Tolerate("a path without quotes", _valueStart);
        if (!DropStructureBefore(length))
            return false;
        _keep = None;
        return TakenTo(_valueStart + length - 1);
    }

    /// <summary>Passes over the structure that seems to be in the bytes from <see cref="_valueStart"/> on, which is held.</summary>
    private bool DropStructureBefore(int length)
    {
        while (_block + BlockBytes <= _valueStart + length)
            if (!NextBlock())
                return EndsEarly();
        var left = ulong.MaxValue << (_valueStart + length - _block);
        _structure &= left;
        _opening &= left;
        _closing &= left;
        return true;
    }

    /// <summary>
    /// Takes what was read since the last time for UTF-8 as far as it is that, or is a stray rest of a line separator behind its
    /// escape.
    /// </summary>
    /// <returns>False where a byte follows of which it is not read yet whether it is.</returns>
    private bool PassLineSeparators()
    {
        var at = Math.Max(0, _wellFormed - LineSeparatorEscape.Length - 1);
        while (_buffer.AsSpan(at, _end - at).IndexOf(LineSeparatorEscape) is >= 0 and var found)
        {
            at += found + LineSeparatorEscape.Length;
            var rest = at + 1;
            if (rest >= _end)
                break;
            if (rest < _wellFormed || _buffer[at] is not ((byte)'8' or (byte)'9') || _buffer[rest] != StrayByte)
                continue;
            if (rest + 1 == _end && !_sourceEnded)
            {
                CheckUtf8Before(rest);
                return false;
            }

            if (!CheckUtf8Before(rest) || rest + 1 == _end || _buffer[rest + 1] != _buffer[at] - (byte)'8' + LineSeparatorByte)
                break;
            Tolerate("a line separator that is written twice, once as no character", rest);
            _wellFormed = rest + 2;
        }

        return true;
    }
}
