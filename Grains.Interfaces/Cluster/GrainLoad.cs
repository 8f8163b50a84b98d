namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What one type of grain does in one process.</summary>
/// <param name="Grain">file_parser, embedding or vector_index.</param>
/// <param name="Calls">Calls that have ended, since the process was started.</param>
/// <param name="Errors">Those of them that failed.</param>
/// <param name="P50">Half of the last calls took no longer, in milliseconds; null before the first.</param>
/// <param name="P99">99 of 100 of the last calls took no longer, in milliseconds.</param>
/// <param name="InFlight">Calls under way.</param>
public sealed record GrainLoad(string Grain, long Calls, long Errors, double? P50, double? P99, int InFlight);
