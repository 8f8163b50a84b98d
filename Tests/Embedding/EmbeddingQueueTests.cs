using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Embedding.Queue;
using ChatAnalysis.Grains.Embedding.Tokenizer;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Embedding;

public sealed class EmbeddingQueueTests
{
    [Fact]
    public async Task A_text_wanted_by_many_at_once_is_run_once()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions { CacheSize = 0 });
        string[] texts = [.. Enumerable.Range(0, 400).Select(i => $"a text of some length, number {i % 40}")];
        var results = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => Task.Run(() => grain.EmbedAsync(new EmbeddingRequest(texts), default))));

        // Calls that come after a run has ended start another: without a cache, at most one run a call.
        Assert.InRange(grain.Counters.Texts, 40, 6 * 40);
        Assert.All(results, result => Assert.True(result.Vectors[0].SequenceEqual(result.Vectors[40])));
        Assert.Equal(0, grain.Counters.Kept);
    }

    [Fact]
    public async Task A_text_wanted_again_is_not_run_again()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions());
        var first = await grain.EmbedAsync("Where is my parcel?");
        Assert.Equal(first, await grain.EmbedAsync("Where is my parcel?"));
        Assert.Equal(first, await grain.EmbedAsync("where  is my PARCEL?"));
        Assert.Equal(1, grain.Counters.Texts);
    }

    [Fact]
    public async Task The_cache_keeps_as_many_vectors_as_it_may_and_those_asked_for_again()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions { CacheSize = 10 });
        await grain.EmbedAsync("often");
        for (var i = 0; i < 40; i++)
        {
            await grain.EmbedAsync($"once {i}");
            await grain.EmbedAsync("often");
        }

        Assert.Equal(41, grain.Counters.Texts);
        Assert.Equal(10, grain.Counters.Kept);
    }

    [Fact]
    public async Task A_cancelled_call_ends_and_its_texts_are_not_run()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions { Threads = 1 });
        var busy = grain.EmbedAsync(new EmbeddingRequest(LongTexts("busy", 8)), default);
        using var cancellation = new CancellationTokenSource();
        var dropped = grain.EmbedAsync(new EmbeddingRequest(LongTexts("dropped", 500)), cancellation.Token);
        var shared = grain.EmbedAsync(new EmbeddingRequest([LongTexts("dropped", 500)[499]]), default);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped);
        await busy;
        // Another call waits for one of them: that one is run.
        Assert.Equal(1, (await shared).Vectors.Count);
        Assert.InRange(grain.Counters.Texts, 9, 100);
        Assert.Equal(grain.Counters.Kept, grain.Counters.Texts);
    }

    [Fact]
    public async Task A_person_who_waits_passes_the_bulk()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions { Threads = 1 });
        var bulk = grain.EmbedAsync(new EmbeddingRequest(LongTexts("bulk", 60)), default);
        await grain.EmbedAsync(new EmbeddingRequest(["a search"], Interactive: true), default);
        Assert.False(bulk.IsCompleted);
        await bulk;
    }

    [Fact]
    public async Task A_text_of_an_unusual_length_does_not_wait_for_ever()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions { Threads = 1, CacheSize = 0 });
        // Short texts keep coming in, as many as are run.
        var stream = Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
                await grain.EmbedAsync(new EmbeddingRequest([.. Enumerable.Range(0, 20).Select(t => $"short {caller} {i} {t}")]), default);
        })));
        var rare = grain.EmbedAsync(new EmbeddingRequest(LongTexts("rare", 1)), default);

        Assert.Same(rare, await Task.WhenAny(rare, stream));
        await stream;
    }

    [Fact]
    public async Task Batches_hold_texts_of_about_one_length()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions { CacheSize = 0, Threads = 1 });
        var texts = Enumerable.Range(0, 1200).Select(i => string.Join(' ', Enumerable.Repeat("word", 1 + i % 30)) + $" {i}").ToArray();
        await grain.EmbedAsync(new EmbeddingRequest(texts), default);
        Assert.InRange((double)grain.Counters.Padding / grain.Counters.Tokens, 0, 0.05);
    }

    [Fact]
    public async Task A_call_of_many_texts_has_a_row_for_each_in_order()
    {
        await using var grain = await TestGrains.StartAsync(new EmbeddingOptions());
        var texts = Enumerable.Range(0, 4000).Select(i => $"{i % 1500}").ToArray();
        var result = await grain.EmbedAsync(new EmbeddingRequest(texts), default);
        Assert.Equal(1500, grain.Counters.Texts);
        Assert.Equal(await grain.EmbedAsync("1499"), result.Vectors[2999].ToArray());
        Assert.True(result.Vectors[7].SequenceEqual(result.Vectors[1507]));
        Assert.False(result.Vectors[7].SequenceEqual(result.Vectors[8]));
    }

    [Fact]
    public async Task A_call_after_the_end_is_told_so()
    {
        var grain = await TestGrains.StartAsync(new EmbeddingOptions { Threads = 1 });
        var waiting = grain.EmbedAsync(new EmbeddingRequest(LongTexts("left behind", 500)), default);
        await grain.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => grain.EmbedAsync("late"));
    }

    [Fact]
    public async Task A_run_that_fails_is_told_to_all_who_wait_and_the_queue_goes_on()
    {
        var tokens = new TokenizedTexts(new WordPieceTokenizer(new WordPieceVocabulary("[UNK]\n[CLS]\n[SEP]\n")), ["a text"], 0, 1, 8);
        var queue = new TextQueue(maxTokens: 8, batchTokens: 64, runners: 1, cacheSize: 1);
        RequestPart[] waiting = [new(new float[1], 1), new(new float[1], 1)];
        foreach (var part in waiting)
            queue.Add(part, tokens, isInteractive: false);
        var batch = new List<QueuedText>();
        Assert.True(queue.Take(batch));
        queue.Fail(batch, new InvalidOperationException());
        foreach (var part in waiting)
            await Assert.ThrowsAsync<InvalidOperationException>(() => part.Completion);

        var vector = new float[1];
        var again = new RequestPart(vector, 1);
        queue.Add(again, tokens, isInteractive: false);
        Assert.True(queue.Take(batch));
        queue.Complete(batch, [0.5f]);
        await again.Completion;
        Assert.Equal(0.5f, Assert.Single(vector));
    }

    private static string[] LongTexts(string start, int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"{start} {i} " + string.Concat(Enumerable.Repeat("and so on ", 80)))];
}
