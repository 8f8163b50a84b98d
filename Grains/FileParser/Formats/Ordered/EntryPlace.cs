namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>Where a message stands.</summary>
/// <param name="Ticks">When it was sent; where that is not known, when the one before it was.</param>
/// <param name="Place">The file and the offset in it; it grows in the order in which files are read.</param>
/// <param name="Author">The author's number, and what is known of the time.</param>
internal readonly record struct EntryPlace(long Ticks, long Place, int Author);
