namespace ChatAnalysis.Grains.Embedding;

/// <summary>What a model runs on.</summary>
public enum EmbeddingDevice
{
    /// <summary>The processor's cores.</summary>
    Cpu,

    /// <summary>The first CUDA device; needs a library of ONNX Runtime that was built for it.</summary>
    Cuda,
}
