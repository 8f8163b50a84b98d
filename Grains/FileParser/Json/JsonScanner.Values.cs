using System.Text;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>Takes values.</content>
internal sealed partial class JsonScanner
{
    private readonly JsonNames names = new();

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
    public string ReadLabel() => TakeText(out var raw) ? names.Get(raw) : "";

    /// <summary>Takes the text at hand. An escaped half of a surrogate pair alone becomes U+FFFD.</summary>
    public string ReadText() => TakeText(out var raw) ? WantsTexts ? JsonText.Decode(raw) : StandIn(raw) : "";

    /// <summary>Takes the text at hand, one of few that occur again and again.</summary>
    public string ReadName() => TakeText(out var raw) ? WantsTexts ? names.Get(raw) : StandIn(raw) : "";

    /// <summary>Takes the number, boolean or null at hand, as it is written. Void at the next call.</summary>
    public ReadOnlySpan<byte> ReadScalar()
    {
        pending = false;
        keep = None;
        return TakeScalar() ? buffer.AsSpan(valueStart, scalarLength) : default;
    }

    /// <summary>Takes the number, boolean or null at hand, as it is written.</summary>
    public string ReadScalarLabel() => names.Get(ReadScalar());

    private static string StandIn(ReadOnlySpan<byte> raw) => raw.IsEmpty ? "" : "…";

    private bool TakeText(out ReadOnlySpan<byte> raw)
    {
        raw = default;
        if (!pending)
            return false;
        pending = false;
        keep = valueStart;
        var close = Next();
        var start = keep;
        keep = None;
        if (!TakenTo(close))
            return false;
        if (close - start - 1 > maxTokenBytes)
            return FailTooLarge(start);
        raw = buffer.AsSpan(start + 1, close - start - 1);
        return true;
    }

    /// <summary>Takes the number or word at <see cref="valueStart"/>.</summary>
    private bool TakeScalar()
    {
        var length = 0;
        keep = valueStart;
        while (true)
        {
            while (valueStart + length < end && !EndsScalar(buffer[valueStart + length]))
                length++;
            if (valueStart + length < end || sourceEnded)
                break;
            if (!Fill())
                return false;
        }

        keep = None;
        scalarLength = length;
        var word = buffer.AsSpan(valueStart, length);
        var valid = Byte(valueStart) switch
        {
            (byte)'t' => word.SequenceEqual("true"u8),
            (byte)'f' => word.SequenceEqual("false"u8),
            (byte)'n' => word.SequenceEqual("null"u8),
            _ => JsonNumber.IsValid(word),
        };
        return valid ? TakenTo(valueStart + length - 1) : Fail("expected a JSON value", Offset);
    }

    private static bool EndsScalar(byte value) =>
        value is <= (byte)' ' or (byte)',' or (byte)'}' or (byte)']' or (byte)'{' or (byte)'[' or (byte)':' or (byte)'"';
}
