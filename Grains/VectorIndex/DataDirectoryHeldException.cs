namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Another process is the owner of the data directory.</summary>
public sealed class DataDirectoryHeldException : IndexStartException
{
    internal DataDirectoryHeldException(string directory, string holder, Exception? cause = null)
        : base($"{directory} is in use by {holder}. Stop it, or choose another DATA_DIR.", cause) => Holder = holder;

    /// <summary>Who holds it: host, process id and since when, as far as is known.</summary>
    public string Holder { get; }
}
