namespace ChatAnalysis.Bench;

/// <summary>Order statistics of measured values.</summary>
internal static class Statistics
{
    /// <summary>The value below which the given part of the values lies (nearest rank).</summary>
    public static double Percentile(this IReadOnlyCollection<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>The middle value.</summary>
    public static double Median(this IReadOnlyCollection<double> values) => values.Percentile(0.5);
}
