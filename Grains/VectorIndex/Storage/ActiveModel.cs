using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The model of the index's vectors.</summary>
/// <param name="Row">Its number in the database.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Dimension">Components of a vector.</param>
internal sealed record ActiveModel(long Row, ModelId Id, int Dimension);
