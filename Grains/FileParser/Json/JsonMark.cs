namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>A value's place, to come back to.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Depth">How many containers it stands in.</param>
internal readonly record struct JsonMark(long Offset, int Depth);
