namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>Where a message stands.</summary>
/// <param name="Ticks">When it was sent; where that is not known, when the one before it was.</param>
/// <param name="Place">The file and the offset in it; it grows in the order in which files are read.</param>
/// <param name="Note">What its reader noted of it, in a number.</param>
/// <param name="Before">How many like it came before, by which its id is derived.</param>
internal readonly record struct EntryPlace(long Ticks, long Place, int Note, int Before)
{
    private const int OffsetBits = 40;

    /// <summary>The file's number.</summary>
    public int File => (int)(Place >> OffsetBits);

    /// <summary>The offset in the file.</summary>
    public long Offset => Place & ((1L << OffsetBits) - 1);

    /// <summary>The place that is an offset of a file.</summary>
    public static long PlaceOf(int file, long offset) => ((long)file << OffsetBits) | offset;
}
