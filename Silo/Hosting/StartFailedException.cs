namespace ChatAnalysis.Silo.Hosting;

/// <summary>What a person can put right keeps the program from starting. It is printed as one line, without a stack trace.</summary>
internal sealed class StartFailedException : Exception
{
    /// <summary>The start fails.</summary>
    /// <param name="line">What is wrong and what to do, in one line.</param>
    /// <param name="cause">What showed it.</param>
    public StartFailedException(string line, Exception? cause = null)
        : base(line, cause)
    {
    }
}
