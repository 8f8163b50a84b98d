namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Why a file was not read.</summary>
/// <param name="Kind">The sort of fault.</param>
/// <param name="Detail">What is wrong and what would be right, in a sentence for a person. Never a message's text.</param>
/// <param name="Place">Where: a line, a byte offset, an entry; null where the whole file is meant.</param>
public sealed record FileError(FileErrorKind Kind, string Detail, string? Place = null);
