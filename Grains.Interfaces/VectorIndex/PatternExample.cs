namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A message near the centre of a pattern.</summary>
/// <param name="MessageId">Its number in the index.</param>
/// <param name="Text">What was said.</param>
/// <param name="Author">Who said it.</param>
/// <param name="Similarity">Cosine to the centre.</param>
public sealed record PatternExample(long MessageId, string Text, string? Author, float Similarity);
