namespace ChatAnalysis.Gateway.Uploads;

/// <summary>Why a file was not read.</summary>
/// <param name="Kind">unrecognised, damaged, unreadable or abandoned.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
/// <param name="Place">A line, a byte offset, an entry; null where the whole file is meant.</param>
internal sealed record FileErrorAnswer(string Kind, string Detail, string? Place);
