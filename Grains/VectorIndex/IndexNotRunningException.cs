namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The index was asked before it was started or after it was stopped.</summary>
public sealed class IndexNotRunningException : InvalidOperationException
{
    internal IndexNotRunningException()
        : base("The index is not running")
    {
    }
}
