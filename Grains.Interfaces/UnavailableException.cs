namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A grain does not answer just now, and may soon: the call can be repeated.</summary>
public class UnavailableException : Exception
{
    /// <summary>A grain does not answer.</summary>
    /// <param name="message">Which, and why, in a sentence for a person.</param>
    /// <param name="cause">What showed it.</param>
    public UnavailableException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
