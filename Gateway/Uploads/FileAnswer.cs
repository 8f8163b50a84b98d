using System.Text.Json.Serialization;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What the answers say of one file: its name, what was read of it, and why it was not.</summary>
/// <param name="name">The name that the client gave it.</param>
/// <param name="report">What was read; null where it was not.</param>
/// <param name="stored">Whether the messages were stored, and not only looked at.</param>
/// <param name="error">Why it was not read; null where it was.</param>
internal class FileAnswer(string name, FileReport? report, bool stored, FileError? error) : ReportAnswer(report, stored)
{
    /// <summary>The name that the client gave it.</summary>
    [JsonPropertyOrder(-1)]
    public string Name { get; } = name;

    /// <summary>Why it was not read; null where it was.</summary>
    [JsonPropertyOrder(1)]
    public FileErrorAnswer? Error { get; } =
        error is null ? null : new FileErrorAnswer(error.Kind.ToString().ToLowerInvariant(), error.Detail, error.Place);
}
