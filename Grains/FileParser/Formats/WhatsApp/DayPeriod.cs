namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Which half of the day a time on a clock of twelve hours is in.</summary>
internal enum DayPeriod : byte
{
    /// <summary>The clock has 24 hours.</summary>
    None,

    /// <summary>Before noon.</summary>
    Morning,

    /// <summary>After noon.</summary>
    Afternoon,

    /// <summary>About noon, as Chinese has it: 11:50 and 1:10 are both.</summary>
    Noon,
}
