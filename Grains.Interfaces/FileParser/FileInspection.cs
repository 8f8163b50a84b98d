namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What a file holds.</summary>
/// <param name="Report">What would be read of it; null where it would be refused.</param>
/// <param name="Error">Why it would be refused; null where it would not.</param>
/// <param name="Messages">Its first messages, as a preview: what is very long in them is cut short.</param>
public sealed record FileInspection(FileReport? Report, FileError? Error, IReadOnlyList<ParsedMessage> Messages);
