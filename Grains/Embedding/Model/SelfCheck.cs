using System.Text.Json;

namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>
/// Compares the 8-bit graph with vectors that the half-precision graph made: on a CPU without VNNI or ARM's dot product its
/// products saturate, and the vectors are wrong without any error.
/// </summary>
internal static class SelfCheck
{
    /// <summary>The least cosine that passes; a sound CPU reaches about 0.99.</summary>
    public const double LeastCosine = 0.95;

    /// <summary>Embeds the sentences of a file and compares.</summary>
    /// <param name="model">The 8-bit graph.</param>
    /// <param name="path">One JSON object a line: text, vector.</param>
    /// <returns>The smallest cosine.</returns>
    /// <exception cref="ModelException">The file is not of that form.</exception>
    public static double WorstCosine(LoadedModel model, string path)
    {
        var runner = new ModelRunner(model, model.Description.MaxTokens);
        var worst = double.PositiveInfinity;
        foreach (var (text, expected) in Read(path))
        {
            if (expected.Length != model.Description.Dimension)
            {
                throw new ModelException(
                    $"{path}: a vector has {expected.Length} components, the graph makes {model.Description.Dimension}.");
            }

            worst = Math.Min(worst, Cosine(runner.Run([model.TokensOf(text)]), expected));
        }

        return double.IsFinite(worst) ? worst : throw new ModelException($"{path} is empty: there is nothing to check the graph with.");
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double product = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        var cosine = product / Math.Sqrt(aa * bb);
        return double.IsNaN(cosine) ? -1 : cosine;
    }

    private static IEnumerable<(string Text, float[] Vector)> Read(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            JsonElement sentence;
            try
            {
                sentence = JsonElement.Parse(line);
            }
            catch (JsonException e)
            {
                throw new ModelException($"{path} is not one JSON object a line: {e.Message}", e);
            }

            if (sentence.ValueKind != JsonValueKind.Object
                || !sentence.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String
                || !sentence.TryGetProperty("vector", out var vector) || vector.ValueKind != JsonValueKind.Array)
                throw new ModelException($"{path}: a line lacks text or vector.");
            yield return (text.GetString()!, [.. vector.EnumerateArray().Select(v => v.GetSingle())]);
        }
    }
}
