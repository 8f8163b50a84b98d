namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Decides which number of a chat's dates is the day, by all of them together.</summary>
/// <param name="ofTable">Whether the dates are those of a table: there any number may be a year.</param>
internal sealed class DateOrderVote(bool ofTable = false)
{
    // A date that says the contrary may stand in a text that was pasted: one alone decides nothing while more come.
    private const int Sure = 32;
    private const int Months = 12;
    private const int Days = 31;

    // WhatsApp began in 2009: a year of 00 to 08 is none.
    private const int FirstYear = 9;
    private const int LastYear = 51;

    private int _firstOverMonths;
    private int _secondOverMonths;
    private int _firstNoYear;
    private int _thirdNoYear;
    private int _thirdNoDay;
    private int _firstChanges;
    private int _secondChanges;
    private int _thirdChanges;
    private MessageHeader? _last;

    /// <summary>Whether no more dates are needed.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Takes a date into account.</summary>
    public void Add(in MessageHeader header)
    {
        if (header.Style.YearFirst)
        {
            IsDecided = true;
            _last = header;
            return;
        }

        if (_last is { } last)
        {
            if (last.Date == header.Date)
                return;
            _firstChanges += last.First != header.First ? 1 : 0;
            _secondChanges += last.Second != header.Second ? 1 : 0;
            _thirdChanges += last.Third != header.Third ? 1 : 0;
        }

        _last = header;
        _firstNoYear += header.First < FirstYear ? 1 : 0;
        _thirdNoYear += header.Third < FirstYear ? 1 : 0;
        _thirdNoDay += header.Third > Days ? 1 : 0;
        _firstOverMonths += header.First is > Months and <= Days ? 1 : 0;
        _secondOverMonths += header.Second is > Months and <= Days ? 1 : 0;
        IsDecided = Math.Abs(_firstOverMonths - _secondOverMonths) >= Sure && (_firstNoYear > 0 || _thirdNoDay > 0);
    }

    /// <summary>The order of the dates seen.</summary>
    /// <param name="dayFirst">What the client said; it counts where no year comes first.</param>
    /// <param name="assumption">What was taken for granted, in a sentence; null where the dates leave no doubt.</param>
    public DateOrder Decide(bool? dayFirst, out string? assumption)
    {
        assumption = null;
        if (_last is not { } last)
            return dayFirst == false ? DateOrder.MonthFirst : DateOrder.DayFirst;
        if (last.Style.YearFirst || (!ofTable && _thirdNoYear > 0 && _firstNoYear == 0 && _thirdNoDay == 0))
            return DateOrder.YearFirst;
        if (dayFirst is { } said)
            return said ? DateOrder.DayFirst : DateOrder.MonthFirst;
        var separator = (char)last.Style.Separator;
        var example = $"dates such as {last.First}{separator}{last.Second}{separator}{last.Third} are read";
        if (_firstChanges == 0 && _thirdChanges > _secondChanges && _thirdNoDay == 0 && last.First is >= FirstYear and <= LastYear)
        {
            assumption = $"{example} with the year first, as the first number never changes and the third most; ?dayfirst=true says otherwise";
            return DateOrder.YearFirst;
        }

        if (_firstOverMonths != _secondOverMonths)
        {
            var isDay = _firstOverMonths > _secondOverMonths;
            if (ofTable && isDay && _thirdNoDay == 0)
                assumption = $"{example} with the day first and the year last, as tables usually have it";
            return isDay ? DateOrder.DayFirst : DateOrder.MonthFirst;
        }

        var (order, why) = separator != '/' ? (true, $"as those with {separator} usually have it")
            : _firstChanges != _secondChanges
            ? (_firstChanges > _secondChanges, $"as the {(_firstChanges > _secondChanges ? "first" : "second")} number changes more often")
            : (true, "as nothing speaks against it");
        var (first, other) = order ? ("day", "false") : ("month", "true");
        assumption = $"{example} with the {first} first, {why}; ?dayfirst={other} says otherwise";
        return order ? DateOrder.DayFirst : DateOrder.MonthFirst;
    }
}
