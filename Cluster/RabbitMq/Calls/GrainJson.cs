using System.Text.Json.Serialization;
using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Cluster.RabbitMq.VectorIndex;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>The records that cross the broker, as JSON.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(NumbersConverter<float>), typeof(NumbersConverter<int>)])]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(EmbeddingModel))]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingResult))]
[JsonSerializable(typeof(UploadOpening))]
[JsonSerializable(typeof(ClaimCall))]
[JsonSerializable(typeof(FileClaim))]
[JsonSerializable(typeof(RenewCall))]
[JsonSerializable(typeof(BatchCall))]
[JsonSerializable(typeof(IReadOnlyList<int>))]
[JsonSerializable(typeof(AddOutcome))]
[JsonSerializable(typeof(FileClaimKey))]
[JsonSerializable(typeof(FinishCall))]
[JsonSerializable(typeof(FailCall))]
[JsonSerializable(typeof(WaitCall))]
[JsonSerializable(typeof(UploadStatus))]
[JsonSerializable(typeof(IReadOnlyList<UploadSummary>))]
[JsonSerializable(typeof(SearchQuery))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(IndexStatus))]
[JsonSerializable(typeof(FileJob))]
[JsonSerializable(typeof(FileInspectionRequest))]
[JsonSerializable(typeof(FileInspection))]
[JsonSerializable(typeof(SiloAnnouncement))]
internal sealed partial class GrainJson : JsonSerializerContext;
