namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The index cannot be opened. The message tells a person what is wrong, and with which file or folder.</summary>
public abstract class IndexStartException : Exception
{
    private protected IndexStartException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}
