namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>Times as the database keeps them: microseconds since 1970, UTC.</summary>
internal static class Timestamp
{
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time, at the offset from UTC that it was written with.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds, long offsetMinutes = 0) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToOffset(TimeSpan.FromMinutes(offsetMinutes));
}
