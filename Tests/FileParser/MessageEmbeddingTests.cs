using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class MessageEmbeddingTests : IDisposable
{
    private readonly TestParser _parser = new();

    public void Dispose() => _parser.Dispose();

    [Fact]
    public async Task Messages_that_no_later_export_can_hold_are_not_asked_for()
    {
        _parser.Store(TestParser.Prototype(1000));
        await _parser.ParseAsync();
        Assert.Equal(0, _parser.Index.Finds);
        Assert.All(_parser.Index.Batches, batch => Assert.Null(batch.Embedded));
    }

    [Fact]
    public async Task Only_what_the_index_needs_is_embedded_and_all_of_it_is_added()
    {
        _parser.Store(Identified(1000));
        _parser.Index.OnFind = batch =>
            [.. Enumerable.Range(0, batch.Messages.Count).Where(i => batch.Messages[i].Ordinal is 250 or 370 or >= 900)];
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync(new ParsingOptions { BatchMessages = 100 }));
        Assert.Equal(10, _parser.Index.Finds);
        Assert.Equal(3, _parser.Embedding.Requests);
        Assert.Equal(Enumerable.Range(0, 1000), _parser.Index.Messages.Select(message => (int)message.Ordinal));
        foreach (var batch in _parser.Index.Batches)
        {
            var embedded = batch.Embedded ?? [.. Enumerable.Range(0, 100)];
            Assert.Equal((embedded.Count, embedded.Count == 0), (batch.Vectors.Count, batch.Model is null));
            for (var row = 0; row < embedded.Count; row++)
                Assert.Equal(batch.Messages[embedded[row]].Text.Length, batch.Vectors[row][0]);
        }
    }

    [Fact]
    public async Task Where_the_index_changed_in_between_the_whole_batch_is_embedded_and_added()
    {
        _parser.Store(Identified(10));
        _parser.Index.OnFind = _ => [];
        _parser.Index.OnAdd = batch => batch.Embedded is null ? AddOutcome.Added : AddOutcome.VectorsMissing;
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync());
        Assert.Equal((10, 1), (Assert.Single(_parser.Index.Batches).Vectors.Count, _parser.Embedding.Requests));
    }

    /// <summary>An export whose messages have ids.</summary>
    private static string Identified(int messages) => $$"""
        [{"conversation_id":"c","instruction_id":"i","utterances":[{{string.Join(',', Enumerable.Range(0, messages).Select(i =>
            $$"""{"index":{{i}},"speaker":"USER","text":"{{TestParser.Text(i)}}"}"""))}}]}]
        """;
}
