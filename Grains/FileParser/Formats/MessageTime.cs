using System.Globalization;
using System.Text;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>Reads the ways in which exports write a time.</summary>
internal static class MessageTime
{
    // Seconds up to here reach the year 5138; milliseconds from here on begin in 1973.
    private const decimal FirstMilliseconds = 100_000_000_000;
    private const decimal FirstMicroseconds = FirstMilliseconds * 1000;
    private const decimal FirstNanoseconds = FirstMicroseconds * 1000;
    private const int LongestText = 64;

    /// <summary>Takes the value at hand: seconds (or milli-, micro-, nanoseconds) since 1970, as number or text; or ISO 8601.</summary>
    /// <returns>The time, of UTC where the export names no offset; null where it is none of these, or texts are not wanted.</returns>
    public static DateTimeOffset? Read(JsonScanner json)
    {
        if (!json.WantsTexts || json.Kind is not (JsonKind.Number or JsonKind.Text))
        {
            json.Skip();
            return null;
        }

        return Parse(json.Kind == JsonKind.Number ? Encoding.ASCII.GetString(json.ReadScalar()) : json.ReadText());
    }

    /// <summary>The time that a text names, or null.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        if (text.Length is < 1 or > LongestText)
            return null;
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return SinceEpoch(number);

        // Only a year first is beyond doubt: 3/4/25 is another day in another country.
        return text.Length >= 10 && text.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 && text[4] is '-' or '/'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
    }

    private static DateTimeOffset? SinceEpoch(decimal number)
    {
        var ticks = Math.Abs(number) switch
        {
            < FirstMilliseconds => number * TimeSpan.TicksPerSecond,
            < FirstMicroseconds => number * TimeSpan.TicksPerMillisecond,
            < FirstNanoseconds => number * TimeSpan.TicksPerMicrosecond,
            _ => number / TimeSpan.NanosecondsPerTick,
        };
        var latest = DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks;
        return ticks >= -DateTimeOffset.UnixEpoch.Ticks && ticks <= latest
            ? DateTimeOffset.UnixEpoch.AddTicks((long)ticks)
            : null;
    }
}
