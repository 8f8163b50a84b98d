namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>An entry as a zip archive's directory tells it.</summary>
/// <param name="Name">Its name as it is written.</param>
/// <param name="Flags">The general purpose flags.</param>
/// <param name="Method">How it is compressed.</param>
/// <param name="Crc">Its checksum.</param>
/// <param name="PackedBytes">Its size in the archive.</param>
/// <param name="Size">Its size unpacked.</param>
/// <param name="UnixMode">What sort of file it was on Unix; 0 where it does not come from there.</param>
/// <param name="Offset">Where its header stands.</param>
internal sealed record ZipEntry(
    string Name, int Flags, int Method, uint Crc, long PackedBytes, long Size, int UnixMode, long Offset)
{
    /// <summary>It is in the archive as it is.</summary>
    public const int Stored = 0;

    /// <summary>The usual compression.</summary>
    public const int Deflate = 8;

    private const int FileType = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;

    /// <summary>Where the next entry or the directory begins: nothing of this one may lie behind.</summary>
    public long End { get; init; }

    /// <summary>Whether it takes a password.</summary>
    public bool IsEncrypted => (Flags & 0x2041) != 0;

    /// <summary>What it is where it is neither a file nor a folder; null where it is one.</summary>
    public string? Special => (UnixMode & FileType) switch
    {
        0 or RegularFile or Folder => null,
        Link => "symbolic link",
        _ => "special file",
    };

    /// <summary>The name of its compression, for a person.</summary>
    public string MethodName => Method switch
    {
        1 => "Shrink",
        >= 2 and <= 5 => "Reduce",
        6 => "Implode",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "XZ",
        98 => "PPMd",
        _ => $"method {Method}",
    };
}
