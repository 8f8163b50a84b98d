using System.Text.Json.Serialization;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>How reports and errors of files are written into the database.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FileReport))]
[JsonSerializable(typeof(FileError))]
internal sealed partial class ReportJson : JsonSerializerContext;
