namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>How a compressed entry is unpacked, and what its archive tells of it.</summary>
/// <param name="Unpack">Begins to unpack it. Any number of threads may do so at once.</param>
/// <param name="PackedBytes">Its bytes in the archive.</param>
/// <param name="Size">Its size unpacked as the archive gives it, a guess where that is not reliable.</param>
/// <param name="SizeIsSure">Whether it must be so long.</param>
/// <param name="Crc">Its checksum; null where unpacking checks it.</param>
internal sealed record PackedEntry(Func<Stream> Unpack, long PackedBytes, long Size, bool SizeIsSure, uint? Crc)
{
    /// <summary>The size that it must have; negative where that is not known.</summary>
    public long ClaimedSize => SizeIsSure ? Size : -1;
}
