using System.ComponentModel.DataAnnotations;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>How files are read. Section <c>Parsing</c>.</summary>
public sealed record ParsingOptions
{
    /// <summary>Messages that go through embedding and into the index together.</summary>
    [Range(1, 100_000)]
    public int BatchMessages { get; init; } = 512;

    /// <summary>UTF-16 units of text after which a batch is closed, however few messages it has.</summary>
    [Range(1, 256 * 1024 * 1024)]
    public int BatchCharacters { get; init; } = 512 * 1024;

    /// <summary>Batches of one file that are being embedded or added at once.</summary>
    [Range(1, 64)]
    public int BatchesInFlight { get; init; } = 3;

    /// <summary>How long a parser adds messages of one file before it hands the rest back, so that the files that wait get their turn.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:20:00")]
    public TimeSpan Turn { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one message may be, in bytes of the file; an escape counts as it is written. A longer one fails the file.</summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>What becomes of a file that is damaged: nothing of it is read, or what comes before the damage is.</summary>
    public OnDamage OnDamage { get; init; } = OnDamage.Refuse;

    /// <summary>The most entries of an uploaded archive, those of archives within it too.</summary>
    [Range(1, 10_000_000)]
    public int MaxArchiveEntries { get; init; } = 100_000;

    /// <summary>How deep archives may lie within each other; 1: the uploaded file only.</summary>
    [Range(1, 8)]
    public int MaxArchiveDepth { get; init; } = 2;

    /// <summary>The most bytes that one uploaded file may unpack to, all its archives together. Default 64 GiB.</summary>
    [Range(typeof(long), "1048576", "1000000000000000")]
    public long MaxUnpackedBytes { get; init; } = 64L << 30;

    /// <summary>How many times its size in the archive an entry may unpack to; its first 16 MiB do not count.</summary>
    [Range(2, 100_000)]
    public int MaxCompressionRatio { get; init; } = 200;
}
