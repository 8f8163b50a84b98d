using System.ComponentModel.DataAnnotations;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Settings of the index's owner; section <c>Index</c>.</summary>
public sealed record VectorIndexOptions
{
    /// <summary>How long a parser holds a file without being heard of.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Claims of a file that may end without a message added, one after another, before the file is failed.</summary>
    [Range(1, 100)]
    public int MaxTries { get; init; } = 3;

    /// <summary>A snapshot is written when this many messages changed since the last, and <see cref="SnapshotShare"/> on top.</summary>
    [Range(1, 100_000_000)]
    public int SnapshotChanges { get; init; } = 10_000;

    /// <summary>The share of the index that must have changed on top of <see cref="SnapshotChanges"/>.</summary>
    [Range(0.0, 10.0)]
    public double SnapshotShare { get; init; } = 0.1;

    /// <summary>Whether uploaded files are kept after their upload has ended.</summary>
    public bool KeepUploads { get; init; }

    /// <summary>How old a folder of an unknown upload must be to be removed, where a gateway may still be filling it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan UnknownUploadsKept { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many messages are shown as examples of a pattern.</summary>
    [Range(1, 100)]
    public int Examples { get; init; } = 5;
}
