using System.Text.Json.Serialization;

namespace ChatAnalysis.Silo.Health;

/// <summary>Whether the program can be asked.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Missing">The parts that are not ready; left out where all are.</param>
internal sealed record HealthAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Missing);
