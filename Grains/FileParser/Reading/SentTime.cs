using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>When something was sent, and what is known of the time's zone.</summary>
/// <param name="At">The moment; with the offset that the export names, where it names one.</param>
/// <param name="Zone">What is known.</param>
internal readonly record struct SentTime(DateTimeOffset At, SentZone Zone);
