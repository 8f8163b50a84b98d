namespace ChatAnalysis.Grains.Interfaces;

/// <summary>The vectors of a request's texts.</summary>
/// <param name="Model">The model that made them.</param>
/// <param name="Vectors">One row a text, of unit length.</param>
/// <param name="Tokens">Tokens of all texts, special ones included, after truncation.</param>
public sealed record EmbeddingResult(ModelId Model, VectorBlock Vectors, long Tokens);
