namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>A change could not be brought to disk. Nothing of it was kept; it may be tried again.</summary>
public sealed class IndexWriteException : IOException
{
    internal IndexWriteException(string path, bool diskFull, Exception cause)
        : base(diskFull ? $"There is no space left for {path}: the change was not stored" : $"{path} cannot be written ({cause.Message}): the change was not stored", cause) =>
        DiskFull = diskFull;

    /// <summary>Whether space is what lacks.</summary>
    public bool DiskFull { get; }
}
