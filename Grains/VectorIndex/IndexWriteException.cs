namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>A change could not be brought to disk. Nothing of it was kept; it may be tried again.</summary>
public sealed class IndexWriteException : IOException
{
    internal IndexWriteException(string path, bool diskFull, Exception cause)
        : base($"{path} cannot be written{(diskFull ? ", there is no space left" : "")} ({cause.Message}); nothing was changed", cause) =>
        DiskFull = diskFull;

    /// <summary>Whether space is what lacks.</summary>
    public bool DiskFull { get; }
}
