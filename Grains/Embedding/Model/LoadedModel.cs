using System.Security.Cryptography;
using ChatAnalysis.Grains.Embedding.Tokenizer;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.OnnxRuntime;

namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>A model in memory: its graph, ready to run, its tokenizer, and what it is.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(EmbeddingModel description, WordPieceTokenizer tokenizer, InferenceSession session, GraphShape shape)
    {
        Description = description;
        Tokenizer = tokenizer;
        Session = session;
        Shape = shape;
    }

    public EmbeddingModel Description { get; }

    public WordPieceTokenizer Tokenizer { get; }

    public InferenceSession Session { get; }

    public GraphShape Shape { get; }

    /// <summary>A text's tokens, cut to what the model allows.</summary>
    public int[] TokensOf(string text)
    {
        var ids = new int[Description.MaxTokens];
        return ids[..Tokenizer.Encode(text, ids)];
    }

    /// <summary>Loads one of a model's graphs.</summary>
    /// <param name="folder">The model.</param>
    /// <param name="graph">Which graph of it, where it has two.</param>
    /// <param name="options">Library and device.</param>
    /// <exception cref="ModelException">The library, the device or the graph cannot be used.</exception>
    public static async Task<LoadedModel> LoadAsync(ModelFolder folder, EmbeddingGraph graph, EmbeddingOptions options)
    {
        var path = folder.GraphFile(graph);
        // The three take about as long as each other.
        var hash = Task.Run(() => HashOf(path));
        var tokenizer = Task.Run(() => new WordPieceTokenizer(VocabularyFile.Read(folder.Path)));
        var session = await Task.Run(() => Open(path, options));
        try
        {
            var shape = GraphShape.Of(session, path);
            var id = new ModelId(folder.Name, await hash);
            var maxTokens = folder.IsSentenceTransformers ? SentenceTransformersSettings.Read(folder.Path) : ModelFolder.MaxTokens;
            return new LoadedModel(new EmbeddingModel(id, shape.Dimension, maxTokens), await tokenizer, session, shape);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>SHA-256 of a graph's file, as a model's id has it.</summary>
    public static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();

    private static InferenceSession Open(string path, EmbeddingOptions options)
    {
        var cuda = options.Device == EmbeddingDevice.Cuda;
        OnnxRuntimeLibrary library;
        try
        {
            library = OnnxRuntimeLibrary.Load(options.Library);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"Embedding:Library: {e.Message}", e);
        }

        try
        {
            return new InferenceSession(library, path, new SessionOptions { CudaDevice = cuda ? 0 : null });
        }
        catch (OnnxRuntimeException e) when (cuda)
        {
            throw new ModelException(
                $"Embedding:Device=cuda, but ONNX Runtime {library.Version} ({library.Path}) cannot run {path} there: {e.Message} " +
                "Embedding:Library must name a build for CUDA, with CUDA and cuDNN installed; or set Embedding:Device=cpu.", e);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"ONNX Runtime {library.Version} cannot load the graph {path}: {e.Message}", e);
        }
    }
}
