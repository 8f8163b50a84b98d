namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>Vectors that came, changed or went with a transaction.</summary>
/// <param name="Messages">Whose they are; of a message named twice, the last vector counts.</param>
/// <param name="Vectors">[messages x dimension]; empty where they went.</param>
internal sealed record VectorChange(long[] Messages, ReadOnlyMemory<Half> Vectors);
