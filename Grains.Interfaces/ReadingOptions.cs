namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What the client said of how its files are to be read; null where it left that to the program.</summary>
/// <param name="TimeZone">The zone of times that have none, as an IANA name such as Europe/Berlin.</param>
/// <param name="DayFirst">Whether 3/4/25 is the third of April.</param>
/// <param name="Format">The id of the format that the files are of, whatever they look like.</param>
public sealed record ReadingOptions(string? TimeZone = null, bool? DayFirst = null, string? Format = null)
{
    /// <summary>The client said nothing.</summary>
    public static ReadingOptions Default { get; } = new();
}
