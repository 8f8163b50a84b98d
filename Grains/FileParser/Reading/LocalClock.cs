using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Turns times on a clock, as some exports give them, into moments.</summary>
/// <param name="zone">Where the clock was; null where nobody said, and it is taken as UTC.</param>
/// <remarks>
/// The hour that comes twice at the end of summer time is the first one until times run backwards, so it is to be asked in the
/// order of one conversation. A time that the clock left out at its beginning is read as if it had not been put forward yet.
/// </remarks>
internal sealed class LocalClock(TimeZoneInfo? zone)
{
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>The moment of a time on the clock.</summary>
    public SentTime At(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone is null)
            return new SentTime(new DateTimeOffset(local, TimeSpan.Zero), SentZone.Assumed);
        var offset = zone.GetUtcOffset(local);
        if (zone.IsAmbiguousTime(local))
        {
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            var first = new DateTimeOffset(local, offsets.Max());
            offset = first < _last ? offsets.Min() : offsets.Max();
        }

        _last = OnClock(local, offset);
        return new SentTime(_last, SentZone.Given);
    }

    /// <summary>A time at the very ends of the calendar has no moment in every zone.</summary>
    private static DateTimeOffset OnClock(DateTime local, TimeSpan offset) =>
        local.Ticks - offset.Ticks is var utc && utc >= DateTime.MinValue.Ticks && utc <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(local, offset)
            : new DateTimeOffset(local, TimeSpan.Zero);
}
