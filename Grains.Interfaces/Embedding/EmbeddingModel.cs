namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What a model is and what it takes.</summary>
/// <param name="Id">Its identity; vectors of different identities are never compared.</param>
/// <param name="Dimension">Components of a vector.</param>
/// <param name="MaxTokens">Tokens of a text that count, the special ones included; a longer text is truncated.</param>
public sealed record EmbeddingModel(ModelId Id, int Dimension, int MaxTokens);
