using System.Text.Json.Serialization;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>How reports, errors and lists of names are written into the database.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FileReport))]
[JsonSerializable(typeof(FileError))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ReportJson : JsonSerializerContext;
