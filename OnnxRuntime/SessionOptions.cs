namespace ChatAnalysis.OnnxRuntime;

/// <summary>How a graph is run. The graph is always optimised as far as ONNX Runtime can.</summary>
public sealed record SessionOptions
{
    /// <summary>Threads within one run. One is best where as many runs go on at once as there are cores.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>The number of the CUDA device to run on; null for the CPU.</summary>
    public int? CudaDevice { get; init; }
}
