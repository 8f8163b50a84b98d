namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>A model's folder, in one of two layouts: the project's own, or that of sentence-transformers.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Path">Where the folder is.</param>
/// <param name="IsSentenceTransformers">Whether it has the layout of sentence-transformers.</param>
internal sealed record ModelFolder(string Name, string Path, bool IsSentenceTransformers)
{
    /// <summary>What the project's own layout allows a text.</summary>
    public const int MaxTokens = 256;

    private const string Int8Graph = "model.int8.onnx", Fp16Graph = "model.fp16.onnx", SelfCheckFile = "self-check.jsonl";
    private static readonly string ForeignGraph = System.IO.Path.Combine("onnx", "model.onnx");

    /// <summary>Sentences with the vectors of the half-precision graph, in the project's own layout.</summary>
    public string SelfCheck => System.IO.Path.Combine(Path, SelfCheckFile);

    /// <summary>Finds a model and sees to it that nothing of it is missing.</summary>
    /// <exception cref="ModelException">There is no such folder, or it lacks a file.</exception>
    public static ModelFolder Find(EmbeddingOptions options)
    {
        var roots = Roots(options.ModelCache).ToArray();
        var candidates = roots.Select(root => Below(root, options.Model)).ToArray();
        var path = candidates.FirstOrDefault(Directory.Exists)
            ?? throw new ModelException(
                $"There is no model {options.Model}: looked for {string.Join(" and ", candidates)}. " +
                "Embedding:Model names a folder below MODEL_CACHE or the program's models/.");

        var foreign = File.Exists(System.IO.Path.Combine(path, ForeignGraph));
        var folder = new ModelFolder(options.Model, path, foreign);
        var missing = folder.Needed(options).Where(file => !File.Exists(System.IO.Path.Combine(path, file))).ToList();
        if (!VocabularyFile.ExistsIn(path))
            missing.Add("vocab.txt (or tokenizer.json)");
        if (missing.Count == 0)
            return folder;
        throw new ModelException(
            $"The model folder {path} lacks {string.Join(", ", missing)}. A model is either {Int8Graph}, {Fp16Graph}, " +
            $"{SelfCheckFile} and vocab.txt, or, as sentence-transformers lays it out, onnx/model.onnx and vocab.txt or tokenizer.json.");
    }

    /// <summary>The path of a graph.</summary>
    public string GraphFile(EmbeddingGraph graph) => System.IO.Path.Combine(
        Path, IsSentenceTransformers ? ForeignGraph : graph == EmbeddingGraph.Fp16 ? Fp16Graph : Int8Graph);

    private static IEnumerable<string> Roots(string? modelCache)
    {
        if (modelCache is not null)
            yield return System.IO.Path.GetFullPath(modelCache);
        // Beside a published program; in a checkout, upward of bin/.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var models = System.IO.Path.Combine(folder.FullName, "models");
            if (!Directory.Exists(models))
                continue;
            yield return models;
            yield break;
        }
    }

    private static string Below(string root, string name)
    {
        if (!name.Contains('\0', StringComparison.Ordinal))
        {
            var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, name));
            var folder = System.IO.Path.TrimEndingDirectorySeparator(root) + System.IO.Path.DirectorySeparatorChar;
            if (path.StartsWith(folder, StringComparison.Ordinal))
                return path;
        }

        throw new ModelException($"Embedding:Model is the name of a folder below {root}; '{name}' leads out of it.");
    }

    private IEnumerable<string> Needed(EmbeddingOptions options)
    {
        if (IsSentenceTransformers)
            return [];
        // The fall-back's graph is asked for at once: later would be in the middle of a fall-back.
        return options switch
        {
            { Graph: EmbeddingGraph.Fp16 } or { Device: EmbeddingDevice.Cuda } => [Fp16Graph],
            { Graph: EmbeddingGraph.Int8 } => [Int8Graph, SelfCheckFile],
            _ => [Int8Graph, Fp16Graph, SelfCheckFile],
        };
    }
}
