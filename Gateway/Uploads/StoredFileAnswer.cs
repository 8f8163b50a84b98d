using System.Text.Json.Serialization;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What the answers say of one file of an upload.</summary>
/// <param name="file">The file as it stands.</param>
internal sealed class StoredFileAnswer(FileStatus file) : FileAnswer(file.Name, file.Report, stored: true, file.Error)
{
    /// <summary>The upload that had brought the same content before; null where none had.</summary>
    [JsonPropertyOrder(2)]
    public string? DuplicateOf { get; } = file.DuplicateOf;
}
