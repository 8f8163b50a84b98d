using System.Text.Json;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Embedding;

public sealed class VectorTests
{
    [SkippableTheory]
    [InlineData(EmbeddingGraph.Fp16, 0.9999, 0.9999)]
    [InlineData(EmbeddingGraph.Int8, 0.98, 0.994)]
    public async Task Vectors_agree_with_those_of_sentence_transformers(EmbeddingGraph graph, double least, double mean)
    {
        var golden = File.ReadLines(SharedFolder.File("golden/vectors.jsonl")).Select(line => JsonElement.Parse(line)).ToArray();
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions { Graph = graph });
        var texts = golden.Select(g => g.GetProperty("text").GetString()!).ToArray();
        var result = await grain.EmbedAsync(new EmbeddingRequest(texts), default);

        var cosines = golden
            .Select((g, row) => TestGrains.Cosine(
                [.. g.GetProperty("vector").EnumerateArray().Select(v => v.GetSingle())], result.Vectors[row]))
            .ToArray();
        Assert.Equal(189, cosines.Length);
        Assert.All(cosines, cosine => Assert.InRange(cosine, least, 1.00001));
        Assert.InRange(cosines.Average(), mean, 1.00001);
    }

    [Fact]
    public async Task A_text_has_the_same_vector_in_any_batch_order_and_concurrency()
    {
        string[] words = ["parcel", "please", "refund", "tomorrow", "why", "login", "coffee", "train", "price", "thanks"];
        var random = new Random(7);
        var texts = Enumerable.Range(0, 300)
            .Select(i => string.Join(' ', Enumerable.Range(0, 1 + i % 40).Select(_ => words[random.Next(words.Length)])) + i).ToArray();

        // Without a cache, so that each text is really run each time.
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions { CacheSize = 0, Threads = 4 });
        var alone = new float[texts.Length][];
        for (var i = 0; i < texts.Length; i++)
            alone[i] = await grain.EmbedAsync(texts[i]);
        var calls = Enumerable.Range(0, 8).Select(async call =>
        {
            var order = Enumerable.Range(0, texts.Length).ToArray();
            new Random(call).Shuffle(order);
            var result = await grain.EmbedAsync(new EmbeddingRequest([.. order.Take(60 + 30 * call).Select(i => texts[i])]), default);
            return order.Take(result.Vectors.Count).Select((i, row) => Difference(alone[i], result.Vectors[row])).Max();
        });

        Assert.All(await Task.WhenAll(calls), difference => Assert.InRange(difference, 0, 1e-6));
    }

    [Fact]
    public async Task Any_string_has_a_vector_of_unit_length()
    {
        string[] texts =
            ["", " ", "\0", "\u0001\u0002", "\uD800", "a\uDC00b", "\uFFFF\uFFFE", new string('x', 1_000_000), "\u202E\u200B", "[SEP]"];
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions());
        var result = await grain.EmbedAsync(new EmbeddingRequest(texts), default);

        Assert.Equal(texts.Length, result.Vectors.Count);
        for (var row = 0; row < texts.Length; row++)
            Assert.InRange(result.Vectors[row].ToArray().Sum(component => (double)component * component), 0.9999, 1.0001);
    }

    [Fact]
    public async Task Tokens_are_counted_after_truncation_and_for_every_text()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions());
        string[] texts = ["hello", "hello", "", string.Concat(Enumerable.Repeat("hello ", 1000))];
        Assert.Equal(3 + 3 + 2 + 256, (await grain.EmbedAsync(new EmbeddingRequest(texts), default)).Tokens);
    }

    [Fact]
    public async Task No_texts_have_no_vectors()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions());
        Assert.Equal(0, (await grain.EmbedAsync(new EmbeddingRequest([]), default)).Vectors.Count);
    }

    private static double Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }
}
