using System.Text.Json;
using ChatAnalysis.Grains.Embedding.Model;
using ChatAnalysis.Grains.Embedding.Tokenizer;

namespace ChatAnalysis.Tests.Embedding;

public sealed class TokenizerTests
{
    private static readonly WordPieceTokenizer Tokenizer = new(VocabularyFile.Read(Repository.PathOf("models", "all-MiniLM-L6-v2")));

    [SkippableFact]
    public void Tokens_equal_those_of_the_reference()
    {
        var texts = 0;
        foreach (var line in File.ReadLines(SharedFolder.File("golden/tokens.jsonl")))
        {
            var golden = JsonElement.Parse(line);
            var expected = golden.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var text = golden.GetProperty("text").GetString()!;
            Assert.True(expected.AsSpan().SequenceEqual(Encode(text)), $"line {texts + 1}: {JsonSerializer.Serialize(text)}");
            texts++;
        }

        Assert.Equal(2073, texts);
    }

    [Theory]
    [InlineData("", new[] { 101, 102 })]
    [InlineData("Hello, World!", new[] { 101, 7592, 1010, 2088, 999, 102 })]
    [InlineData("héllo e\u0301", new[] { 101, 7592, 1041, 102 })]
    [InlineData("nu\0ll", new[] { 101, 19701, 102 })]
    [InlineData("[CLS] [cls]", new[] { 101, 101, 1031, 18856, 2015, 1033, 102 })]
    [InlineData("\u037E \u1FEF", new[] { 101, 1025, 1036, 102 })]
    public void A_text_is_normalised_as_BERT_does(string text, int[] ids) => Assert.Equal(ids, Encode(text));

    [Theory]
    [InlineData("hel\uD800lo")]
    [InlineData("hello\uDC00")]
    [InlineData("\uDC00\uD800hello")]
    public void Half_a_surrogate_pair_counts_as_not_there(string text) => Assert.Equal([101, 7592, 102], Encode(text));

    [Fact]
    public void A_vocabulary_may_have_empty_lines() => Assert.Equal(2, new WordPieceVocabulary("\n\n[UNK]\r\n\n").Find("[UNK]"));

    [Fact]
    public void A_text_is_cut_after_the_tokens_that_a_model_allows()
    {
        var ids = Encode(string.Concat(Enumerable.Repeat("hello ", 300)));
        Assert.Equal(256, ids.Length);
        Assert.Equal(101, ids[0]);
        Assert.Equal(102, ids[255]);
        Assert.All(ids[1..255], id => Assert.Equal(7592, id));
    }

    [Fact]
    public void A_word_of_more_than_a_hundred_characters_is_unknown()
    {
        Assert.DoesNotContain(100, Encode(new string('a', 100)));
        Assert.Equal([101, 100, 102], Encode(new string('a', 101)));
        Assert.Equal([101, 100, 102], Encode(string.Concat(Enumerable.Repeat("\U0001F600", 100_000))));
    }

    [Fact]
    public void A_word_that_is_cut_off_is_unknown_if_its_end_has_no_piece()
    {
        // 253 words leave room for one token; the last word's first piece is known, its end is not.
        var text = string.Concat(Enumerable.Repeat("hello ", 253)) + "hello\u4DC0";
        Assert.Equal([100, 102], Encode(text)[254..]);
    }

    [Fact]
    public void Every_character_has_a_token_or_none()
    {
        var ids = new int[256];
        for (var c = 0; c <= char.MaxValue; c++)
            Assert.InRange(Tokenizer.Encode([(char)c], ids), 2, 6);
    }

    private static int[] Encode(string text)
    {
        var ids = new int[256];
        return ids[..Tokenizer.Encode(text, ids)];
    }
}
