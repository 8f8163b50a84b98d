namespace ChatAnalysis.Faiss;

/// <summary>FAISS refused or failed; the message is its own.</summary>
public sealed class FaissException : Exception
{
    /// <summary>A failure with FAISS's text.</summary>
    public FaissException(string message)
        : base(message)
    {
    }
}
