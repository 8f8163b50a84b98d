namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A search by meaning.</summary>
/// <param name="Model">The model that made the vector.</param>
/// <param name="Vector">[dimension], of unit length.</param>
/// <param name="Limit">Hits wanted, at least 1.</param>
public sealed record SearchQuery(ModelId Model, ReadOnlyMemory<float> Vector, int Limit)
{
    /// <summary>Narrows the search.</summary>
    public MessageFilter Filter { get; init; } = new();
}
