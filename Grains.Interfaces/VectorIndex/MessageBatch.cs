namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Messages of one file with their vectors.</summary>
/// <param name="Claim">The claim they are added under.</param>
/// <param name="Messages">In the file's order, with no gap after what was added before.</param>
/// <param name="Model">The model that made the vectors.</param>
/// <param name="Vectors">One row a message.</param>
public sealed record MessageBatch(
    FileClaimKey Claim,
    IReadOnlyList<ParsedMessage> Messages,
    ModelId Model,
    VectorBlock Vectors);
