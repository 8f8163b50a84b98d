namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Asks what a stored file holds, without importing it.</summary>
/// <param name="File">The file.</param>
/// <param name="Reading">How it is to be read.</param>
/// <param name="Messages">How many of its first messages are wanted.</param>
public sealed record FileInspectionRequest(UploadedFile File, ReadingOptions Reading, int Messages);
