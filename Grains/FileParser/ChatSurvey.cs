using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>What a walk through a whole file found: its format and what it holds, or why it is refused.</summary>
/// <param name="Format">The format; null where it is refused.</param>
/// <param name="Report">What it holds; null where it is refused.</param>
/// <param name="Error">Why it is refused; null where it is not.</param>
internal sealed record ChatSurvey(IChatFormat? Format, FileReport? Report, FileError? Error);
