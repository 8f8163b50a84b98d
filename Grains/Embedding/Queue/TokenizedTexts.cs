using ChatAnalysis.Grains.Embedding.Tokenizer;

namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>The tokens of several texts, one after another in one array.</summary>
internal sealed class TokenizedTexts
{
    private readonly int[] ends;
    private int[] tokens;

    /// <summary>Tokenizes texts.</summary>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="first">The first that is meant.</param>
    /// <param name="count">How many are meant.</param>
    /// <param name="maxTokens">What the model allows a text.</param>
    public TokenizedTexts(WordPieceTokenizer tokenizer, IReadOnlyList<string> texts, int first, int count, int maxTokens)
    {
        ends = new int[count];
        tokens = new int[maxTokens + 16 * count];
        var end = 0;
        for (var i = 0; i < count; i++)
        {
            if (tokens.Length - end < maxTokens)
                Array.Resize(ref tokens, 2 * tokens.Length);
            ends[i] = end += tokenizer.Encode(texts[first + i], tokens.AsSpan(end, maxTokens));
        }
    }

    public int Count => ends.Length;

    /// <summary>Tokens of all texts.</summary>
    public int Tokens => ends.Length == 0 ? 0 : ends[^1];

    /// <summary>One text's tokens.</summary>
    public ReadOnlySpan<int> this[int text] => tokens.AsSpan((text == 0 ? 0 : ends[text - 1])..ends[text]);
}
