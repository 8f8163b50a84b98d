using System.Text;
using System.Text.Json;
using ChatAnalysis.Grains.Embedding.Tokenizer;

namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>Reads a model's vocabulary: vocab.txt, or what tokenizer.json holds of it.</summary>
internal static class VocabularyFile
{
    private const string Plain = "vocab.txt", Json = "tokenizer.json";

    /// <summary>Whether a folder has one.</summary>
    public static bool ExistsIn(string folder) => File.Exists(Path.Combine(folder, Plain)) || File.Exists(Path.Combine(folder, Json));

    /// <summary>Reads the vocabulary of a folder.</summary>
    /// <exception cref="ModelException">It is not one of BERT's uncased kind.</exception>
    public static WordPieceVocabulary Read(string folder)
    {
        var path = Path.Combine(folder, Plain);
        var plain = File.Exists(path);
        if (!plain)
            path = Path.Combine(folder, Json);
        var vocabulary = new WordPieceVocabulary(plain ? File.ReadAllText(path) : LinesOf(path));
        var missing = WordPieceTokenizer.NeededTokens.Where(token => vocabulary.Find(token) < 0).ToArray();
        if (missing.Length > 0)
            throw new ModelException($"{path} lacks {string.Join(", ", missing)}: it is no WordPiece vocabulary of BERT's kind.");
        return vocabulary;
    }

    private static string LinesOf(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var model = json.RootElement.GetProperty("model");
            if (!model.TryGetProperty("type", out var type) || !type.ValueEquals("WordPiece"))
                throw new ModelException($"{path}: the tokenizer is {type}; only WordPiece is known here.");
            if (json.RootElement.TryGetProperty("normalizer", out var normalizer) && normalizer.ValueKind == JsonValueKind.Object
                && normalizer.TryGetProperty("lowercase", out var lowercase) && lowercase.ValueKind == JsonValueKind.False)
                throw new ModelException($"{path}: the tokenizer keeps capitals; only uncased models are known here.");

            var pieces = new SortedDictionary<int, string>();
            foreach (var piece in model.GetProperty("vocab").EnumerateObject())
                pieces[piece.Value.GetInt32()] = piece.Name;
            var lines = new StringBuilder();
            // A line's number is its piece's id: a number without a piece keeps an empty line.
            for (var id = 0; id <= pieces.Keys.LastOrDefault(-1); id++)
                lines.Append(pieces.GetValueOrDefault(id, "")).Append('\n');
            return lines.ToString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelException($"{path} cannot be read as a tokenizer: {e.Message}", e);
        }
    }
}
