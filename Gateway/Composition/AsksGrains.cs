namespace ChatAnalysis.Gateway.Composition;

/// <summary>Marks the endpoints that cannot answer before the grains are loaded.</summary>
internal sealed record AsksGrains;
