namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The database was written by a newer version of the program. It has not been touched.</summary>
public sealed class NewerDatabaseException : IndexStartException
{
    internal NewerDatabaseException(string path, long found, long known)
        : base(
            $"{path} has schema version {found}, and this program knows versions up to {known}: "
            + "it was written by a newer version, which has to be used with it. The file was not changed.",
            null)
    {
    }
}
