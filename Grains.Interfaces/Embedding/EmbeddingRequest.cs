namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Texts to embed.</summary>
/// <param name="Texts">Any texts, empty ones included.</param>
/// <param name="Interactive">True where a person waits (a search): such texts pass the bulk of an upload.</param>
public sealed record EmbeddingRequest(IReadOnlyList<string> Texts, bool Interactive = false);
