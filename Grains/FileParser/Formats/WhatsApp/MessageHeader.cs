namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>The date and time that a message begins with, as they are written: which number is the day is another question.</summary>
internal record struct MessageHeader
{
    /// <summary>What all headers of the export have in common.</summary>
    public HeaderStyle Style;

    /// <summary>The date's first number.</summary>
    public int First;

    /// <summary>The date's second number.</summary>
    public int Second;

    /// <summary>The date's third number.</summary>
    public int Third;

    /// <summary>The hour, on a clock of 24 hours.</summary>
    public int Hour;

    /// <summary>The minute.</summary>
    public int Minute;

    /// <summary>The second of the minute; 0 where the export has none.</summary>
    public int SecondOfMinute;

    /// <summary>What the header says of the half of the day.</summary>
    public DayPeriod Period;

    /// <summary>How long the header is, in bytes: the author or the text follows.</summary>
    public int Length;

    /// <summary>The date's numbers as one, to compare.</summary>
    public readonly long Date => (((First * 100L) + Second) * 10_000) + Third;
}
