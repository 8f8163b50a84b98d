namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>What a <see cref="SqlValue"/> holds; the default is SQL's NULL.</summary>
internal enum SqlValueKind
{
    Null,
    Integer,
    Real,
    Text,
    Blob,

    /// <summary>A blob of numbers in half precision, little endian.</summary>
    Halves,
}
