using ChatAnalysis.Grains.Embedding.Tokenizer;

namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>The tokens of several texts, one after another in one array.</summary>
internal sealed class TokenizedTexts
{
    private readonly int[] _ends;
    private int[] _tokens;

    /// <summary>Tokenizes texts.</summary>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="first">The first that is meant.</param>
    /// <param name="count">How many are meant.</param>
    /// <param name="maxTokens">What the model allows a text.</param>
    public TokenizedTexts(WordPieceTokenizer tokenizer, IReadOnlyList<string> texts, int first, int count, int maxTokens)
    {
        _ends = new int[count];
        _tokens = new int[maxTokens + 16 * count];
        var end = 0;
        for (var i = 0; i < count; i++)
        {
            if (_tokens.Length - end < maxTokens)
                Array.Resize(ref _tokens, 2 * _tokens.Length);
            _ends[i] = end += tokenizer.Encode(texts[first + i], _tokens.AsSpan(end, maxTokens));
        }
    }

    public int Count => _ends.Length;

    /// <summary>Tokens of all texts.</summary>
    public int Tokens => _ends.Length == 0 ? 0 : _ends[^1];

    /// <summary>One text's tokens.</summary>
    public ReadOnlySpan<int> this[int text] => _tokens.AsSpan((text == 0 ? 0 : _ends[text - 1]).._ends[text]);
}
