using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Embedding;

public sealed class SentenceTransformersLayoutTests : IDisposable
{
    private const string Name = "theirs";
    private static readonly string[] Pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "red", "green", "##ish"];

    // Padding's row is large: were it pooled, it would show.
    private static readonly float[][] Table = [[99, 99, 99], [0, 0, 0], [0, 0, 0], [0, 0, 0], [1, 0, 0], [0, 2, 0], [0, 0, 3]];

    private readonly TemporaryModels _models = new();

    public SentenceTransformersLayoutTests()
    {
        _models.Write(Name, "onnx/model.onnx", TinyGraph.Gather(Table));
        _models.Write(Name, "vocab.txt", string.Join('\n', Pieces));
    }

    [Fact]
    public async Task Token_vectors_are_pooled_over_real_tokens_and_brought_to_unit_length()
    {
        await using var grain = await StartAsync();
        var result = await grain.EmbedAsync(new EmbeddingRequest(["red", "Red green", "greenish", "red red red red"]), default);

        Assert.Equal([1, 0, 0], result.Vectors[0].ToArray());
        AssertNear([1 / MathF.Sqrt(5), 2 / MathF.Sqrt(5), 0], result.Vectors[1]);
        AssertNear([0, 2 / MathF.Sqrt(13), 3 / MathF.Sqrt(13)], result.Vectors[2]);
        Assert.Equal([1, 0, 0], result.Vectors[3].ToArray());
    }

    [Fact]
    public async Task Its_identity_is_the_folder_and_the_graph()
    {
        await using var grain = await StartAsync();
        var model = await grain.GetModelAsync(default);
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(TinyGraph.Gather(Table)));
        Assert.Equal(new EmbeddingModel(new ModelId(Name, sha256), 3, 256), model);
    }

    [Fact]
    public async Task The_vocabulary_may_come_from_tokenizer_json()
    {
        File.Delete(Path.Combine(_models.Path, Name, "vocab.txt"));
        var pieces = string.Join(',', Pieces.Select((piece, id) => $"\"{piece}\":{id}").Reverse());
        _models.Write(Name, "tokenizer.json", $$"""{"model":{"type":"WordPiece","vocab":{ {{pieces}} } } }""");
        await using var grain = await StartAsync();
        Assert.Equal(new float[] { 1, 0, 0 }, await grain.EmbedAsync("RED"));
    }

    [Fact]
    public async Task Its_settings_say_how_many_tokens_count()
    {
        _models.Write(Name, "sentence_bert_config.json", """{"max_seq_length": 4}""");
        await using var grain = await StartAsync();
        Assert.Equal(4, (await grain.EmbedAsync(new EmbeddingRequest(["red red red red"]), default)).Tokens);
    }

    [Theory]
    [InlineData("tokenizer.json", """{"model":{"type":"BPE","vocab":{}}}""", "only WordPiece")]
    [InlineData("tokenizer.json", """{"normalizer":{"lowercase":false},"model":{"type":"WordPiece","vocab":{}}}""", "capitals")]
    [InlineData("tokenizer.json", "no json", "cannot be read")]
    [InlineData("vocab.txt", "red\ngreen", "lacks [UNK], [CLS], [SEP]")]
    [InlineData("vocab.txt", "", "lacks [UNK], [CLS], [SEP]")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_mean_tokens":false}""", "pool by the mean")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length":1}""", "2 to 8192")]
    [InlineData("onnx/model.onnx", "no graph", "cannot load the graph")]
    public async Task What_is_not_known_stops_the_start(string file, string content, string says)
    {
        if (file == "tokenizer.json")
            File.Delete(Path.Combine(_models.Path, Name, "vocab.txt"));
        _models.Write(Name, file, content);
        var failure = await Assert.ThrowsAsync<ModelException>(StartAsync);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_models.Path, Name), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_of_another_shape_stops_the_start_with_what_was_found()
    {
        _models.Write(Name, "onnx/model.onnx", TinyGraph.Gather(Table, output: "logits"));
        var failure = await Assert.ThrowsAsync<ModelException>(StartAsync);
        Assert.Contains("output sentence_embedding", failure.Message, StringComparison.Ordinal);
        Assert.Contains("outputs logits Float [?, ?, 3]", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _models.Dispose();

    private static void AssertNear(float[] expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6f);
    }

    private Task<EmbeddingGrain> StartAsync() => TestGrains.StartAsync(new EmbeddingOptions { ModelCache = _models.Path, Model = Name });
}
