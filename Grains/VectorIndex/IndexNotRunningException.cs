using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The index was asked before it was started, while it stands by, or after it was stopped.</summary>
public sealed class IndexNotRunningException : UnavailableException
{
    internal IndexNotRunningException()
        : base("The index is not running")
    {
    }
}
