using System.Buffers.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>Reads times that are milliseconds since 1970 by definition, however small they are.</summary>
internal static class Milliseconds
{
    /// <summary>Takes the number at hand, or the text that is one.</summary>
    /// <returns>The time; null where it is none.</returns>
    public static SentTime? Read(JsonScanner json)
    {
        switch (json.Kind)
        {
            case JsonKind.Number:
                return Parse(json.ReadScalar());
            case JsonKind.Text:
                return Parse(JsonText.Plain(json.ReadRawText()));
            default:
                json.Skip();
                return null;
        }
    }

    /// <summary>The time that digits name; null where they are none, or beyond the calendar.</summary>
    public static SentTime? Parse(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long value, out var used)
        && (used == digits.Length || digits[used] == (byte)'.')
        && value >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && value <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new SentTime(DateTimeOffset.FromUnixTimeMilliseconds(value), SentZone.Exact)
            : null;
}
