using System.Text.Json.Serialization;

namespace ChatAnalysis.Silo.Health;

/// <summary>How one part stands. What a part does not have is left out.</summary>
/// <param name="State"><c>loading</c>, <c>ready</c>, <c>silent</c> (it does not answer) or <c>stopped</c>.</param>
/// <param name="Model">The embedding's model.</param>
/// <param name="Owner">Who holds the index: host and process.</param>
/// <param name="LastSeen">When an index's owner that is silent was last heard of.</param>
/// <param name="Size">Messages in the index.</param>
/// <param name="PendingFiles">Files that have not been read to their end.</param>
internal sealed record PartAnswer(
    string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Owner = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastSeen = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Size = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? PendingFiles = null);
