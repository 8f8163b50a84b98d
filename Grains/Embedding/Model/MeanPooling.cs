namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>Makes a text's vector of its tokens' vectors, as sentence-transformers does: the mean, brought to unit length.</summary>
internal static class MeanPooling
{
    /// <summary>Pools one text.</summary>
    /// <param name="tokens">[tokens, dimension], row-major, without padding.</param>
    /// <param name="vector">[dimension]; takes the result.</param>
    public static void Pool(ReadOnlySpan<float> tokens, Span<float> vector)
    {
        vector.Clear();
        for (; !tokens.IsEmpty; tokens = tokens[vector.Length..])
            for (var i = 0; i < vector.Length; i++)
                vector[i] += tokens[i];

        // The mean differs from the sum by a factor, which unit length takes out again.
        var squares = 0f;
        foreach (var component in vector)
            squares += component * component;
        var factor = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        foreach (ref var component in vector)
            component *= factor;
    }
}
