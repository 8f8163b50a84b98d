using System.Text;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>Takes values.</content>
internal sealed partial class JsonScanner
{
    private static readonly bool[] EndingScalars =
        [.. Enumerable.Range(0, 256).Select(value => value <= ' ' || ",}]{[:\"".Contains((char)value, StringComparison.Ordinal))];

    private readonly JsonNames _names = new();

    /// <summary>Whether texts are wanted. Where not, a text that is read comes as a stand-in that is empty where the text is.</summary>
    public bool WantsTexts { get; set; } = true;

    /// <summary>Which of some keys leads to the value at hand. Before the value is taken.</summary>
    public int FindKey(JsonKeys keys)
    {
        var found = keys.Find(RawKey);
        return found == JsonKeys.Other && RawKey.Contains((byte)'\\') ? keys.Find(Encoding.UTF8.GetBytes(ReadKey())) : found;
    }

    /// <summary>The key of the value at hand. Before the value is taken.</summary>
    public string ReadKey() => JsonText.Decode(RawKey);

    /// <summary>Takes the text at hand whether or not texts are wanted: what is said of a conversation, not in it.</summary>
    public string ReadLabel() => TakeText(out var raw) ? _names.Get(raw) : "";

    /// <summary>Takes the text at hand, whatever its length.</summary>
    /// <returns>The text; null where it is longer than so many bytes in the file.</returns>
    public string? ReadLabelUpTo(int bytes)
    {
        if (!_pending)
            return null;
        _pending = false;

        // A text that may be as long as the file must not be kept to its end to learn that it is too long.
        _keep = _valueStart;
        while (_end - _keep < bytes + 2 && !_sourceEnded && Fill())
        {
        }

        var isShort = HasClosingQuote(_buffer.AsSpan(_keep + 1, Math.Max(0, Math.Min(bytes + 1, _end - _keep - 1))));
        if (!isShort)
            _keep = None;
        var close = Next();
        var start = _keep;
        _keep = None;
        return TakenTo(close) && isShort ? _names.Get(_buffer.AsSpan(start + 1, close - start - 1)) : null;
    }

    /// <summary>Takes the text at hand as it is written, escapes and all. Void at the next call.</summary>
    public ReadOnlySpan<byte> ReadRawText() => TakeText(out var raw) ? raw : default;

    /// <summary>Takes the text at hand. An escaped half of a surrogate pair alone becomes U+FFFD.</summary>
    public string ReadText() => TakeText(out var raw) ? WantsTexts ? JsonText.Decode(raw) : StandIn(raw) : "";

    /// <summary>Takes the number, boolean or null at hand, as it is written. Void at the next call.</summary>
    public ReadOnlySpan<byte> ReadScalar()
    {
        _pending = false;
        _keep = None;
        return TakeScalar() ? _buffer.AsSpan(_valueStart, _scalarLength) : default;
    }

    /// <summary>Takes the number, boolean or null at hand, as it is written.</summary>
    public string ReadScalarLabel() => _names.Get(ReadScalar());

    private static bool HasClosingQuote(ReadOnlySpan<byte> raw)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == (byte)'"')
                return true;
            if (raw[i] == (byte)'\\')
                i++;
        }

        return false;
    }

    private static string StandIn(ReadOnlySpan<byte> raw) => raw.IsEmpty ? "" : "…";

    private bool TakeText(out ReadOnlySpan<byte> raw)
    {
        raw = default;
        if (!_pending)
            return false;
        _pending = false;
        _keep = _valueStart;
        var close = Next();
        var start = _keep;
        _keep = None;
        if (!TakenTo(close))
            return false;
        if (close - start - 1 > _maxTokenBytes)
            return FailTooLarge(start);
        raw = _buffer.AsSpan(start + 1, close - start - 1);
        return true;
    }

    /// <summary>Takes the number or word at <see cref="_valueStart"/>.</summary>
    private bool TakeScalar()
    {
        if (TakeWord())
            return true;
        if (_isPassing && !IsBehindPathKey)
            return TakeAnyWord();
        var length = 0;
        _keep = _valueStart;
        while (true)
        {
            while (_valueStart + length < _end && !EndsScalar(_buffer[_valueStart + length]))
                length++;
            if (_valueStart + length < _end || _sourceEnded)
                break;
            if (!Fill())
                return false;
        }

        _keep = None;
        _scalarLength = length;
        var word = _buffer.AsSpan(_valueStart, length);
        var valid = Byte(_valueStart) switch
        {
            (byte)'t' => word.SequenceEqual("true"u8),
            (byte)'f' => word.SequenceEqual("false"u8),
            (byte)'n' => word.SequenceEqual("null"u8),
            _ => JsonNumber.IsValid(word),
        };
        return valid ? TakenTo(_valueStart + length - 1) : TakeBarePath();
    }

    /// <summary>Takes null, true or false in one step where it stands in memory with what ends it.</summary>
    private bool TakeWord()
    {
        if (_valueStart + sizeof(ulong) > _end)
            return false;
        var bytes = _buffer.AsSpan(_valueStart, sizeof(ulong));
        var length = bytes.StartsWith("null"u8) || bytes.StartsWith("true"u8) ? 4 : bytes.StartsWith("false"u8) ? 5 : 0;
        if (length == 0 || !EndsScalar(bytes[length]))
            return false;
        _scalarLength = length;
        return TakenTo(_valueStart + length - 1);
    }

    private static bool EndsScalar(byte value) => EndingScalars[value];
}
