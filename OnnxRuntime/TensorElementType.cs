using System.Diagnostics.CodeAnalysis;

namespace ChatAnalysis.OnnxRuntime;

/// <summary>What a tensor is made of; ONNX's own numbers. Types that no graph here uses go without a name.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "They are ONNX's names.")]
public enum TensorElementType
{
    /// <summary>Not a tensor, or of no known type.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>32-bit integer.</summary>
    Int32 = 6,

    /// <summary>64-bit integer.</summary>
    Int64 = 7,

    /// <summary>16-bit floating point.</summary>
    Float16 = 10,
}
