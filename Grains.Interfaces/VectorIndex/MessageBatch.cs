namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Messages of one file with their vectors.</summary>
/// <param name="Claim">The claim they are added under.</param>
/// <param name="Messages">In the file's order, with no gap after what was added before.</param>
/// <param name="Model">The model that made the vectors; null where there are none.</param>
/// <param name="Vectors">One row a message, or one for each of those that are <see cref="Embedded"/>.</param>
public sealed record MessageBatch(
    FileClaimKey Claim,
    IReadOnlyList<ParsedMessage> Messages,
    ModelId? Model,
    VectorBlock Vectors)
{
    /// <summary>
    /// Places in <see cref="Messages"/> of those that have a vector, in the order of the vectors; null where all have one.
    /// </summary>
    public IReadOnlyList<int>? Embedded { get; init; }
}
