namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Which number of a date is which.</summary>
internal enum DateOrder : byte
{
    /// <summary>Day, month, year.</summary>
    DayFirst,

    /// <summary>Month, day, year.</summary>
    MonthFirst,

    /// <summary>Year, month, day.</summary>
    YearFirst,
}
