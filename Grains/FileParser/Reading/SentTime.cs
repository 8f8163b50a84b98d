using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>When something was sent, and what is known of the time's zone.</summary>
/// <remarks>Two numbers rather than a <see cref="DateTimeOffset"/>: it is copied many times for each message, and so stays in registers.</remarks>
internal readonly record struct SentTime
{
    private const int ZoneBits = 8;

    private readonly long _offsetAndZone;

    /// <summary>Creates one.</summary>
    /// <param name="at">The moment; with the offset that the export names, where it names one.</param>
    /// <param name="zone">What is known of the zone.</param>
    public SentTime(DateTimeOffset at, SentZone zone)
    {
        UtcTicks = at.UtcTicks;
        _offsetAndZone = (at.Offset.Ticks << ZoneBits) | (long)zone;
    }

    /// <summary>The moment, in ticks of <see cref="DateTime"/>.</summary>
    public long UtcTicks { get; }

    /// <summary>What is known of the zone.</summary>
    public SentZone Zone => (SentZone)(byte)_offsetAndZone;

    /// <summary>The moment; with the offset that the export names, where it names one.</summary>
    public DateTimeOffset At => new(UtcTicks + (_offsetAndZone >> ZoneBits), new TimeSpan(_offsetAndZone >> ZoneBits));

    /// <summary>The time on the clock where it was sent, in ticks.</summary>
    public long LocalTicks => UtcTicks + (_offsetAndZone >> ZoneBits);
}
