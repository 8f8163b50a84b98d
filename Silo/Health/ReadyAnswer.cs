using System.Text.Json.Serialization;

namespace ChatAnalysis.Silo.Health;

/// <summary>How each part of the program stands.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Parts">The parts by name.</param>
/// <param name="Missing">The parts that are not ready; left out where all are.</param>
internal sealed record ReadyAnswer(
    string Status,
    IReadOnlyDictionary<string, PartAnswer> Parts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Missing);
