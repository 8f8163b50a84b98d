namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A group of messages that say similar things.</summary>
/// <param name="Label">Its number within the upload, from 0.</param>
/// <param name="Size">How many messages carry the label.</param>
/// <param name="Examples">The messages nearest to its centre, distinct texts, nearest first.</param>
public sealed record Pattern(int Label, int Size, IReadOnlyList<PatternExample> Examples);
