using System.Diagnostics.CodeAnalysis;

namespace ChatAnalysis.Grains.Embedding;

/// <summary>Which of a model's graphs runs. A model in sentence-transformers' layout has only one, whatever is set.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "It is the setting's value.")]
public enum EmbeddingGraph
{
    /// <summary>8-bit integers on a CPU (half precision where the self-check fails), half precision on a GPU.</summary>
    Auto,

    /// <summary>8-bit integers; needs a CPU with VNNI or ARM's dot product.</summary>
    Int8,

    /// <summary>Half precision: exact, and slower on a CPU.</summary>
    Fp16,
}
