namespace ChatAnalysis.Grains.Interfaces;

/// <summary>What became of a batch.</summary>
public enum AddOutcome
{
    /// <summary>Its messages are on disk.</summary>
    Added,

    /// <summary>The claim is no longer the file's: nothing was changed.</summary>
    Superseded,

    /// <summary>The vectors are not of the index's model: nothing was changed.</summary>
    WrongModel,

    /// <summary>A message needs a vector and came without one: nothing was changed. To be repeated with the vectors of all.</summary>
    VectorsMissing,
}
