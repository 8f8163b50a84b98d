using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>What a walk through a whole upload found: what it holds, or why it is refused.</summary>
/// <param name="Parts">What is read by itself, in order; empty where the upload is refused.</param>
/// <param name="Report">What it holds; null where it is refused.</param>
/// <param name="Error">Why it is refused; null where it is not.</param>
internal sealed record ChatSurvey(IReadOnlyList<PartSurvey> Parts, FileReport? Report, FileError? Error)
{
    /// <summary>How many parts are read at once.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>It is refused.</summary>
    public static ChatSurvey Refused(FileError error) => new([], null, error);
}
