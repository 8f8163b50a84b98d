namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>What a snapshot says about itself, to be held against the database.</summary>
/// <param name="Model">The model of its vectors, as <c>name@sha256</c>; at most 440 bytes of UTF-8.</param>
/// <param name="LastChange">The number of the last change that it holds.</param>
/// <param name="Count">Vectors in it.</param>
internal sealed record IndexSnapshotStamp(string Model, long LastChange, long Count);
