namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>What became of messages that were added.</summary>
/// <param name="New">Those that were not there before.</param>
/// <param name="Updated">Those that were there, and changed.</param>
/// <param name="Unchanged">Those that were there as they are.</param>
internal readonly record struct MessageCounts(long New, long Updated, long Unchanged);
