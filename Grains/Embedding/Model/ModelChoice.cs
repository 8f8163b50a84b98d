using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>
/// Decides at the start which graph runs. Vectors of two graphs are never compared, so the index has the last word: with vectors
/// in it, only the graph that made them will do.
/// </summary>
internal static partial class ModelChoice
{
    /// <summary>Loads the model.</summary>
    /// <param name="options">What was set.</param>
    /// <param name="indexModel">The model of the index's vectors, or null where it is empty; awaited while the graph is loaded.</param>
    /// <param name="logger">Is told of a fall-back.</param>
    /// <exception cref="ModelException">No graph that may be used can be used.</exception>
    public static async Task<LoadedModel> LoadAsync(EmbeddingOptions options, Task<ModelId?> indexModel, ILogger logger)
    {
        var folder = ModelFolder.Find(options);
        var graph = Preferred(options);
        var isInt8 = graph == EmbeddingGraph.Int8 && !folder.IsSentenceTransformers;
        var mayFallBack = isInt8 && options.Graph == EmbeddingGraph.Auto;
        var model = await LoadedModel.LoadAsync(folder, graph, options);
        try
        {
            var cosine = isInt8 ? SelfCheck.WorstCosine(model, folder.SelfCheck) : 1;
            var failure = cosine >= SelfCheck.LeastCosine
                ? null
                : $"The 8-bit graph {folder.GraphFile(graph)} fails its self-check on this CPU (cosine {cosine:F3}, at least " +
                  $"{SelfCheck.LeastCosine} is needed): it has neither VNNI nor ARM's dot product.";
            if (failure is not null && !mayFallBack)
                throw new ModelException($"{failure} Set Embedding:Graph=fp16.");

            var wanted = await indexModel;
            if (failure is null && (wanted is null || wanted == model.Description.Id))
                return model;

            var exact = mayFallBack
                ? model.Description.Id with { GraphSha256 = LoadedModel.HashOf(folder.GraphFile(EmbeddingGraph.Fp16)) }
                : null;
            if (exact is not null && (wanted is null || wanted == exact))
            {
                if (failure is not null)
                    LogFallBack(logger, failure);
                else
                    LogAsIndexed(logger, exact);
                model.Dispose();
                return await LoadedModel.LoadAsync(folder, EmbeddingGraph.Fp16, options);
            }

            throw new ModelException(wanted == model.Description.Id
                ? $"{failure} The index holds vectors of this graph, so no other may take its place. " +
                  "Start on another CPU, or with an empty DATA_DIR."
                : $"The index holds vectors of {wanted}, which cannot be compared with those of {model.Description.Id}. " +
                  "Set Embedding:Model and Embedding:Graph to what made them, or start with another DATA_DIR.");
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static EmbeddingGraph Preferred(EmbeddingOptions options) => options switch
    {
        { Device: EmbeddingDevice.Cuda, Graph: EmbeddingGraph.Int8 } =>
            throw new ModelException("Embedding:Graph=int8 is for a CPU; with Embedding:Device=cuda set fp16 or auto."),
        { Device: EmbeddingDevice.Cuda } or { Graph: EmbeddingGraph.Fp16 } => EmbeddingGraph.Fp16,
        _ => EmbeddingGraph.Int8,
    };

    [LoggerMessage(LogLevel.Warning, "{Failure} The half-precision graph is used instead: exact, and about a third as fast")]
    private static partial void LogFallBack(ILogger logger, string failure);

    [LoggerMessage(LogLevel.Information, "The index holds vectors of {Model}: that graph is used, not the 8-bit one")]
    private static partial void LogAsIndexed(ILogger logger, ModelId model);
}
