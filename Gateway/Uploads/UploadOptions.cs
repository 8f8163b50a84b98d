using System.ComponentModel.DataAnnotations;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What an upload may be. Settings section <c>Upload</c>.</summary>
internal sealed record UploadOptions
{
    /// <summary>The largest file, in bytes. Default 4 GiB.</summary>
    [Range(typeof(long), "1", "1000000000000000")]
    public long MaxFileBytes { get; init; } = 4L << 30;

    /// <summary>The most files of one upload.</summary>
    [Range(1, 1_000_000)]
    public int MaxFiles { get; init; } = 10_000;

    /// <summary>The largest sum of the files of one upload, in bytes. Default 16 GiB.</summary>
    [Range(typeof(long), "1", "1000000000000000")]
    public long MaxTotalBytes { get; init; } = 16L << 30;

    /// <summary>Files of all uploads that may wait or be read at once. While there are as many, no further upload is taken.</summary>
    [Range(1, 10_000_000)]
    public int MaxPendingFiles { get; init; } = 20_000;

    /// <summary>Requests to inspect files that are received or worked on at once. While there are as many, no further one is taken.</summary>
    [Range(1, 1000)]
    public int MaxInspections { get; init; } = 2;

    /// <summary>How many patterns are looked for where the client does not say.</summary>
    [Range(1, MaxClusters)]
    public int Clusters { get; init; } = 5;

    /// <summary>The most patterns a client may ask for.</summary>
    public const int MaxClusters = 1000;

    /// <summary>The files of an upload are too large together.</summary>
    /// <param name="file">The one at which that showed, where it was at one.</param>
    public UploadRefusal TotalTooLarge(string? file) => new(
        UploadRefusalKind.TooLarge, $"The files of an upload take at most {MaxTotalBytes} bytes (setting Upload:MaxTotalBytes)", file);
}
