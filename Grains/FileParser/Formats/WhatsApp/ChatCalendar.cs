using System.Globalization;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Turns the numbers of a header into a time on the telephone's clock.</summary>
/// <param name="order">Which number is which.</param>
/// <param name="ofTable">Whether the dates are those of a table, which knows years from before WhatsApp.</param>
internal sealed class ChatCalendar(DateOrder order, bool ofTable = false)
{
    private const int BuddhistYears = 543;
    private const int FirstYear = 2000; // of telephones whose clock is wrong
    private const int FirstYearOfTables = 1900;
    private const int FirstOfLastCentury = 70;

    private static readonly PersianCalendar Persian = new();

    private long _last = -1;
    private DateTime _date;
    private bool _isDate;

    /// <summary>The time that a header names.</summary>
    /// <returns>False where there is no such day: the 31st of April, or the fifth of the 13th month.</returns>
    public bool TryRead(in MessageHeader header, out DateTime time)
    {
        if (header.Date != _last)
        {
            _last = header.Date;
            _isDate = TryDate(header, out _date);
        }

        time = _date.AddTicks(
            (((((long)header.Hour * 60) + header.Minute) * 60) + header.SecondOfMinute) * TimeSpan.TicksPerSecond);
        return _isDate;
    }

    private bool TryDate(in MessageHeader header, out DateTime date)
    {
        date = default;
        var (year, month, day) = order switch
        {
            DateOrder.YearFirst => (header.First, header.Second, header.Third),
            DateOrder.MonthFirst => (header.Third, header.First, header.Second),
            _ => (header.Third, header.Second, header.First),
        };
        if (month is < 1 or > 12 || day is < 1 or > 31)
            return false;
        switch (year)
        {
            // Thailand counts from Buddha's death, with four digits or two: there was no WhatsApp in 1968, and there is none in 2068 yet.
            case > 2500 and < 2700:
                year -= BuddhistYears;
                break;
            case >= FirstOfLastCentury and < 100 when ofTable:
                year += 1900;
                break;
            case >= 52 and < 100 when !ofTable:
                year += 2500 - BuddhistYears;
                break;
            case < 100:
                year += 2000;
                break;
            case > 1380 and < 1500:
                if (day > Persian.GetDaysInMonth(year, month))
                    return false;
                date = Persian.ToDateTime(year, month, day, 0, 0, 0, 0);
                return true;
        }

        if (year < (ofTable ? FirstYearOfTables : FirstYear) || year > 9999 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateTime(year, month, day);
        return true;
    }
}
