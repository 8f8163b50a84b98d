using System.Text.Json.Serialization;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Cluster;

/// <summary>What one type of grain does in one process.</summary>
/// <param name="Grain">file_parser, embedding or vector_index.</param>
/// <param name="Calls">Calls that have ended, since the process was started.</param>
/// <param name="Errors">Those of them that failed.</param>
/// <param name="P50">Half of the last calls took no longer, in milliseconds; null before the first.</param>
/// <param name="P99">99 of 100 of the last calls took no longer.</param>
/// <param name="InFlight">Calls under way.</param>
internal sealed record GrainAnswer(
    string Grain,
    long Calls,
    long Errors,
    [property: JsonPropertyName("p50_ms")] double? P50,
    [property: JsonPropertyName("p99_ms")] double? P99,
    int InFlight)
{
    /// <summary>The answer for a type of grain.</summary>
    public static GrainAnswer Of(GrainLoad load) => new(
        load.Grain, load.Calls, load.Errors, Milliseconds(load.P50), Milliseconds(load.P99), load.InFlight);

    private static double? Milliseconds(double? exact) => exact is { } value ? Math.Round(value, 2) : null;
}
