using System.Buffers;
using System.Text;
using ChatAnalysis.Grains.FileParser.Formats.WhatsApp;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Csv;

/// <summary>Reads a table's times: those of all exports, and dates with the year last, by what all of them say together.</summary>
internal sealed class TableTimes
{
    private const int LongestTime = 64;
    private const int MostOthers = 10_000; // rows in which dates with the year last are looked for
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.+-eE");

    private readonly ChatCalendar _yearFirst = new(DateOrder.YearFirst, ofTable: true);
    private readonly DateOrderVote _vote = new(ofTable: true);
    private ChatCalendar? _calendar;

    /// <summary>Decides how dates with the year last are read.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="columns">The table's columns.</param>
    /// <param name="rows">All of its rows.</param>
    public TableTimes(ChatReading reading, CsvColumns columns, CsvRows rows)
    {
        var (seen, others) = (false, 0);
        while (columns.Has(CsvColumn.Time) && !_vote.IsDecided && (seen || others < MostOthers))
        {
            if (!rows.Next())
            {
                if (reading.Keeps && rows.PassOver())
                    continue;
                break;
            }

            others++;
            if (columns.Field(rows.Row, CsvColumn.Time) is not { Length: <= LongestTime } time
                || MessageTime.Parse(Encoding.UTF8.GetBytes(time), reading, null) is not null
                || !TryHeader(time, out var header) || header.Style.YearFirst)
                continue;
            _vote.Add(header);
            seen = true;
        }

        if (seen)
            Decide(reading);
    }

    /// <summary>The time that a field names; null where it names none.</summary>
    public SentTime? Read(ChatReading reading, ConversationRef conversation, string? time)
    {
        if (time is null)
            return null;
        if (time.Length <= LongestTime)
        {
            if (MessageTime.Parse(Encoding.UTF8.GetBytes(time), reading, conversation) is { } sent)
            {
                if (sent is { Zone: SentZone.Exact, At.Year: < FirstYear or > LastYear } && !time.AsSpan().ContainsAnyExcept(OfNumbers))
                    reading.Tally.Warn($"some times are numbers that, as seconds since 1970, lie before {FirstYear} or after {LastYear}: "
                        + "look whether the column is that");
                return sent;
            }

            if (TryHeader(time, out var header) && CalendarOf(header, reading).TryRead(header, out var local))
                return reading.Local(conversation, local);
        }

        reading.Tally.Warn("some times are none that is known, such as 2025-03-04T14:05:09Z or 4/3/2025 14:05: those messages have none");
        return null;
    }

    /// <summary>A date and time as in a chat's header.</summary>
    private static bool TryHeader(string time, out MessageHeader header)
    {
        var line = Encoding.UTF8.GetBytes(time.Contains(':') ? $"{time.Trim()} - " : $"{time.Trim()} 00:00 - ");
        return HeaderParser.TryParse(line, out header);
    }

    /// <summary>Where the first date with the year last comes late, it decides alone.</summary>
    private ChatCalendar CalendarOf(in MessageHeader header, ChatReading reading)
    {
        if (header.Style.YearFirst)
            return _yearFirst;
        if (_calendar is { } calendar)
            return calendar;
        _vote.Add(header);
        return Decide(reading);
    }

    private ChatCalendar Decide(ChatReading reading)
    {
        var order = _vote.Decide(reading.Options.DayFirst, out var assumption);
        if (assumption is not null)
            reading.Tally.Assume(assumption);
        return _calendar = new ChatCalendar(order, ofTable: true);
    }
}
