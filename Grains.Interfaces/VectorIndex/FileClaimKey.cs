namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Proves that a parser works on a file on the owner's behalf.</summary>
/// <param name="FileId">The file's number at the owner.</param>
/// <param name="Number">Grows with every claim of the file; calls under an older number are refused.</param>
public sealed record FileClaimKey(long FileId, int Number);
