namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>Why a file is not what it should be.</summary>
/// <param name="Detail">What is wrong. Never a message's text.</param>
/// <param name="Offset">The byte where it shows, from 0.</param>
internal sealed record JsonFault(string Detail, long Offset);
