using System.Text.Json.Serialization;
using ChatAnalysis.Gateway.Uploads;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Inspections;

/// <summary>What a file holds that was only looked into.</summary>
/// <param name="name">The name that the client gave it.</param>
/// <param name="inspection">What was found.</param>
internal sealed class InspectedFileAnswer(string name, FileInspection inspection)
    : FileAnswer(name, inspection.Report, stored: false, inspection.Error)
{
    /// <summary>Its first messages.</summary>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<MessageAnswer> FirstMessages { get; } = [.. inspection.Messages.Select(MessageAnswer.Of)];
}
