namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What became of a job.</summary>
public enum FileJobOutcome
{
    /// <summary>The file has ended, well or with an error in its report.</summary>
    Completed,

    /// <summary>The parser's turn was over, or it was stopped: the rest of the file waits, as a new job, behind those that wait already.</summary>
    HandedBack,

    /// <summary>There was nothing to do: another parser holds the file, or it has ended, or it was deleted.</summary>
    NotNeeded,

    /// <summary>The claim was lost on the way to another parser, which finishes the file.</summary>
    Superseded,
}
