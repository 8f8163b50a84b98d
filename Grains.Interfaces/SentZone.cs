namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What is known of the time zone of a message's time.</summary>
public enum SentZone
{
    /// <summary>The export gives the moment, or the offset.</summary>
    Exact,

    /// <summary>The export gives the time on a clock, and the upload said where that clock was.</summary>
    Given,

    /// <summary>The export gives the time on a clock of which nothing is known: it is taken as UTC.</summary>
    Assumed,
}
