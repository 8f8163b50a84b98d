namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Whether a file was given to the parser that asked.</summary>
public enum FileClaimOutcome
{
    /// <summary>It is the caller's until the lease runs out.</summary>
    Granted,

    /// <summary>Another parser holds it.</summary>
    Held,

    /// <summary>It has ended, or there is no such file.</summary>
    Ended,
}
