namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The database's file cannot be read as what it should be.</summary>
public sealed class DamagedDatabaseException : IndexStartException
{
    internal DamagedDatabaseException(string path, Exception cause)
        : base(
            $"{path} is damaged or no database of this program ({cause.Message}). "
            + "Put a backup in its place, or move it away to begin with an empty index.",
            cause)
    {
    }
}
