using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>Reads the ways in which exports write a time.</summary>
internal static class MessageTime
{
    // Seconds up to here reach the year 5138; milliseconds from here on begin in 1973.
    private const long FirstMilliseconds = 100_000_000_000;
    private const long FirstMicroseconds = FirstMilliseconds * 1000;
    private const long FirstNanoseconds = FirstMicroseconds * 1000;
    private const int LongestText = 64;
    private const int TickDigits = 7;

    /// <summary>Takes the value at hand: seconds (or milli-, micro-, nanoseconds) since 1970, as number or text; or ISO 8601.</summary>
    /// <param name="reading">The walk; it knows the zone of an ISO time that names no offset.</param>
    /// <param name="conversation">Whose message it is.</param>
    /// <returns>The time; null where it is none of these, which is told in the report unless it is null or empty.</returns>
    public static SentTime? Read(ChatReading reading, ConversationRef? conversation = null)
    {
        var json = reading.Json;
        switch (json.Kind)
        {
            case JsonKind.Number:
                return SinceEpoch(json.ReadScalar()) is { } moment ? new SentTime(moment, SentZone.Exact) : Unread(reading);
            case JsonKind.Text:
                var text = JsonText.Plain(json.ReadRawText());
                return text.IsEmpty ? null : Parse(text, reading, conversation) ?? Unread(reading);
            default:
                var isNull = json.Kind == JsonKind.Null;
                json.Skip();
                return isNull ? null : Unread(reading);
        }
    }

    private static SentTime? Unread(ChatReading reading)
    {
        if (reading.GoesOn)
            reading.Tally.Warn("a message's time cannot be read; it is left out");
        return null;
    }

    /// <summary>The time that a text in UTF-8 names, or null.</summary>
    public static SentTime? Parse(ReadOnlySpan<byte> text, ChatReading reading, ConversationRef? conversation)
    {
        if (text.Length is < 1 or > LongestText)
            return null;
        if (WithoutSigns(text) is { } date)
            return reading.Local(conversation, date);
        if (SinceEpoch(text) is { } moment)
            return new SentTime(moment, SentZone.Exact);
        if (Iso(text) is not { } time)
            return null;
        return time.Offset is { } offset
            ? time.Local.Ticks - offset.Ticks is >= 0 and var utc && utc <= DateTime.MaxValue.Ticks
                ? new SentTime(new DateTimeOffset(time.Local, offset), SentZone.Exact)
                : null
            : reading.Local(conversation, time.Local);
    }

    /// <summary>Takes 20240506 and 20240506070809: as seconds since 1970 a day of that year, as milliseconds one centuries ahead.</summary>
    private static DateTime? WithoutSigns(ReadOnlySpan<byte> text)
    {
        if (text.Length is not (8 or 14) || Digits(text[..8]) is not (>= 1990_00_00 and < 2101_00_00 and var date))
            return null;
        var (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        var time = text.Length == 8 ? 0 : Digits(text[8..]);
        var (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && time >= 0 && hour < 24 && minute < 60 && second < 60
            ? new DateTime(year, month, day, hour, minute, second)
            : null;
    }

    /// <summary>The time that a number names, as it is written: seconds, or finer units where it is large.</summary>
    public static DateTimeOffset? SinceEpoch(ReadOnlySpan<byte> number)
    {
        var negative = number.StartsWith((byte)'-');
        if (negative)
            number = number[1..];
        if (!Utf8Parser.TryParse(number, out long whole, out var used) || number[0] is (byte)'+' or (byte)'-')
            return null;
        var fraction = 0L;
        if (used < number.Length)
        {
            if (number[used] != (byte)'.' || !TryFraction(number[(used + 1)..], out fraction))
                return SinceEpochWithExponent(number, negative);
        }

        var ticks = whole switch
        {
            < FirstMilliseconds => (whole * TimeSpan.TicksPerSecond) + fraction,
            < FirstMicroseconds => (whole * TimeSpan.TicksPerMillisecond) + (fraction / 1000),
            < FirstNanoseconds => whole * TimeSpan.TicksPerMicrosecond,
            _ => whole / TimeSpan.NanosecondsPerTick,
        };
        return FromTicks(negative ? -ticks : ticks);
    }

    private static DateTimeOffset? SinceEpochWithExponent(ReadOnlySpan<byte> number, bool negative) =>
        number.IndexOfAny("eE"u8) > 0
        && decimal.TryParse(Encoding.ASCII.GetString(number), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value < FirstMilliseconds
            ? FromTicks((long)(value * TimeSpan.TicksPerSecond) * (negative ? -1 : 1))
            : null;

    private static DateTimeOffset? FromTicks(long ticks) =>
        ticks >= -DateTimeOffset.UnixEpoch.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks
            ? DateTimeOffset.UnixEpoch.AddTicks(ticks)
            : null;

    /// <summary>Digits behind the point, as ticks; those finer than a tick are dropped.</summary>
    private static bool TryFraction(ReadOnlySpan<byte> digits, out long ticks)
    {
        ticks = 0;
        for (var i = 0; i < Math.Max(digits.Length, TickDigits); i++)
        {
            if (i < digits.Length && !char.IsAsciiDigit((char)digits[i]))
                return false;
            if (i < TickDigits)
                ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return digits.Length > 0;
    }

    /// <summary>Only a year first is beyond doubt: 3/4/25 is another day in another country.</summary>
    private static (DateTime Local, TimeSpan? Offset)? Iso(ReadOnlySpan<byte> text)
    {
        if (TryUsual(text, out var usual))
            return usual;
        if (text.Length < 10 || text[4] is not ((byte)'-' or (byte)'/') || text[..4].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            return null;
        var value = Encoding.UTF8.GetString(text);
        if (!DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed))
            return null;
        if (parsed.Kind == DateTimeKind.Utc)
            return (DateTime.SpecifyKind(parsed, DateTimeKind.Unspecified), TimeSpan.Zero);
        if (parsed.Kind == DateTimeKind.Unspecified)
            return (parsed, null);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var exact)
            ? (exact.DateTime, exact.Offset)
            : null;
    }

    /// <summary>Takes the form that exports have by the million, 2024-05-06T07:08:09 with or without a fraction and an offset.</summary>
    private static bool TryUsual(ReadOnlySpan<byte> text, out (DateTime Local, TimeSpan? Offset) time)
    {
        time = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ')
            || text[13] != ':' || text[16] != ':')
            return false;
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return false;

        var rest = text[19..];
        var fraction = 0L;
        if (rest.StartsWith((byte)'.'))
        {
            var length = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var found ? found : rest.Length - 1;
            if (length > TickDigits || !TryFraction(rest[1..(length + 1)], out fraction))
                return false;
            rest = rest[(length + 1)..];
        }

        TimeSpan? offset = null;
        if (rest.SequenceEqual("Z"u8))
            offset = TimeSpan.Zero;
        else if (rest.Length == 6 && rest[0] is (byte)'+' or (byte)'-' && rest[3] == ':')
        {
            var (hours, minutes) = (Digits(rest[1..3]), Digits(rest[4..6]));
            if (hours is < 0 or > 13 || minutes is < 0 or > 59)
                return false;
            offset = TimeSpan.FromMinutes(((hours * 60) + minutes) * (rest[0] == '-' ? -1 : 1));
        }
        else if (rest.Length > 0)
            return false;

        time = (new DateTime(year, month, day, hour, minute, second).AddTicks(fraction), offset);
        return true;
    }

    /// <summary>The number that some digits are; -1 where one is none.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return -1;
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
