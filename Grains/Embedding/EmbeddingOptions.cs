using System.ComponentModel.DataAnnotations;

namespace ChatAnalysis.Grains.Embedding;

/// <summary>How texts become vectors; section <c>Embedding</c>.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>The model: the name of a folder below <see cref="ModelCache"/>, or else below the program's own models/.</summary>
    [Required]
    public string Model { get; init; } = "all-MiniLM-L6-v2";

    /// <summary>MODEL_CACHE: where models of the user's own lie; null where there are none.</summary>
    public string? ModelCache { get; init; }

    /// <summary>Which of the model's graphs runs: auto, int8 or fp16.</summary>
    [EnumDataType(typeof(EmbeddingGraph))]
    public EmbeddingGraph Graph { get; init; } = EmbeddingGraph.Auto;

    /// <summary>What it runs on: cpu or cuda. Where CUDA cannot be had, the start stops; it never falls back to the CPU.</summary>
    [EnumDataType(typeof(EmbeddingDevice))]
    public EmbeddingDevice Device { get; init; } = EmbeddingDevice.Cpu;

    /// <summary>ONNX Runtime's library (libonnxruntime.so), such as the build for CUDA; null for the one beside the program.</summary>
    public string? Library { get; init; }

    /// <summary>Batches that run at once; 0 for one a core, and for two on a GPU.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Tokens of a batch at most, padding included; 0 for 1,024 on a CPU (more leave its cache) and 16,384 on a GPU.</summary>
    [Range(0, 1 << 20)]
    public int BatchTokens { get; init; }

    /// <summary>Vectors of recent texts that are kept, 1.5 KB each; 0 for none.</summary>
    [Range(0, 10_000_000)]
    public int CacheSize { get; init; } = 50_000;
}
