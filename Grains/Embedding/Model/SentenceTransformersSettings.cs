using System.Text.Json;

namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>The settings that sentence-transformers keeps beside a model. Each file may be missing.</summary>
internal static class SentenceTransformersSettings
{
    private const string Sequence = "sentence_bert_config.json", Pooling = "1_Pooling/config.json";
    private const int DefaultMaxTokens = 256, LongestText = 8192;

    /// <summary>Reads how many tokens of a text count.</summary>
    /// <exception cref="ModelException">The model pools in another way than by the mean, or a file cannot be read.</exception>
    public static int Read(string folder)
    {
        if (Property(Path.Combine(folder, Pooling), "pooling_mode_mean_tokens") is { ValueKind: JsonValueKind.False })
            throw new ModelException($"{Path.Combine(folder, Pooling)}: the model does not pool by the mean; no other way is known here.");
        var path = Path.Combine(folder, Sequence);
        if (Property(path, "max_seq_length") is not { ValueKind: JsonValueKind.Number } length)
            return DefaultMaxTokens;
        return length.TryGetInt32(out var tokens) && tokens is >= 2 and <= LongestText
            ? tokens
            : throw new ModelException($"{path}: max_seq_length is {length}, and may be 2 to {LongestText}.");
    }

    private static JsonElement? Property(string path, string name)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var isObject = json.RootElement.ValueKind == JsonValueKind.Object;
            return isObject && json.RootElement.TryGetProperty(name, out var value) ? value.Clone() : null;
        }
        catch (JsonException e)
        {
            throw new ModelException($"{path} is not JSON: {e.Message}", e);
        }
    }
}
