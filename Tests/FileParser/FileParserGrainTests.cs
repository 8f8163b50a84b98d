using ChatAnalysis.Grains;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.FileParser;

public sealed class FileParserGrainTests : IDisposable
{
    private static readonly FileJob Job = new(7);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatanalysis-parser-");
    private readonly RecordingIndex _index = new();
    private readonly RecordingEmbedding _embedding = new();
    private readonly TurnedClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_is_added_in_order_each_message_with_its_vector()
    {
        Store(Prototype(1000));
        Assert.Equal(FileJobOutcome.Completed, await ParseAsync());
        Assert.Equal(Enumerable.Range(0, 1000), _index.Messages.Select(message => (int)message.Ordinal));
        Assert.Equal(Enumerable.Range(0, 1000).Select(Text), _index.Messages.Select(message => message.Text));
        foreach (var batch in _index.Batches)
        {
            Assert.Equal("prototype", batch.Platform);
            Assert.Equal(batch.Messages.Count, batch.Vectors.Count);
            for (var row = 0; row < batch.Vectors.Count; row++)
                Assert.Equal(batch.Messages[row].Text.Length, batch.Vectors[row][0]);
        }

        Assert.Equal(("prototype", 1, 1000L), (_index.Finished!.Format, _index.Finished.Conversations, _index.Finished.Messages));
        Assert.Null(_index.Failed);
    }

    [Fact]
    public async Task Embeddings_that_end_out_of_order_are_added_in_order_and_their_number_is_bounded()
    {
        Store(Prototype(1000));
        var second = new TaskCompletionSource();
        _embedding.Before = (request, _) =>
        {
            if (request.Texts[0] == Text(0))
                return second.Task;
            second.TrySetResult();
            return Task.CompletedTask;
        };
        Assert.Equal(FileJobOutcome.Completed, await ParseAsync(new ParsingOptions { BatchMessages = 100, BatchesInFlight = 2 }));
        Assert.Equal(10, _index.Batches.Count);
        Assert.Equal(Enumerable.Range(0, 1000), _index.Messages.Select(message => (int)message.Ordinal));
        Assert.Equal(2, _embedding.MostInFlight);
    }

    [Fact]
    public async Task Long_messages_make_small_batches()
    {
        Store(Prototype(100));
        await ParseAsync(new ParsingOptions { BatchCharacters = 30 });
        Assert.Equal(100, _index.Messages.Count());
        Assert.All(_index.Batches, batch => Assert.InRange(batch.Messages.Take(batch.Messages.Count - 1).Sum(m => m.Text.Length), 0, 29));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(1000)]
    public async Task Work_goes_on_where_another_parser_stopped(int from)
    {
        Store(Prototype(1000));
        _index.Claim = _index.Claim with { NextOrdinal = from };
        Assert.Equal(FileJobOutcome.Completed, await ParseAsync());
        Assert.Equal(Enumerable.Range(from, 1000 - from), _index.Messages.Select(message => (int)message.Ordinal));
        Assert.Equal(Enumerable.Range(from, 1000 - from).Select(Text), _index.Messages.Select(message => message.Text));
        Assert.Equal(1000, _index.Finished!.Messages);
    }

    [Fact]
    public async Task When_its_turn_is_over_a_file_is_handed_back_with_all_that_was_embedded_added()
    {
        Store(Prototype(1000));
        _embedding.Before = (request, _) =>
        {
            if (request.Texts[0] == Text(300))
                _clock.Passed = TimeSpan.FromMinutes(6);
            return Task.CompletedTask;
        };
        var options = new ParsingOptions { BatchMessages = 100, BatchesInFlight = 2, Turn = TimeSpan.FromMinutes(5) };
        Assert.Equal(FileJobOutcome.HandedBack, await ParseAsync(options));
        Assert.True(_index.HandedBack);
        Assert.Null(_index.Finished);
        Assert.Equal(Enumerable.Range(0, _index.Messages.Count()), _index.Messages.Select(message => (int)message.Ordinal));
        Assert.InRange(_index.Messages.Count(), 400, 900);
        Assert.Equal(_embedding.Requests, _index.Batches.Count);
    }

    [Fact]
    public async Task Every_turn_gets_a_file_further_and_the_last_one_ends_it()
    {
        Store(Prototype(250));
        _embedding.Before = (_, _) =>
        {
            _clock.Passed += TimeSpan.FromHours(1);
            return Task.CompletedTask;
        };
        var options = new ParsingOptions { BatchMessages = 100, BatchesInFlight = 1 };
        FileJobOutcome outcome;
        var turns = 0;
        do
        {
            outcome = await ParseAsync(options);
            _index.Claim = _index.Claim with { NextOrdinal = _index.Messages.Count() };
            turns++;
        }
        while (outcome == FileJobOutcome.HandedBack && turns < 10);
        Assert.Equal(FileJobOutcome.Completed, outcome);
        Assert.Equal(Enumerable.Range(0, 250), _index.Messages.Select(message => (int)message.Ordinal));
        Assert.Equal(250, _index.Finished!.Messages);
    }

    [Fact]
    public async Task Of_a_file_that_is_bad_at_its_end_nothing_is_embedded_or_added()
    {
        Store(Prototype(5000)[..^1] + ",");
        Assert.Equal(FileJobOutcome.Completed, await ParseAsync());
        Assert.Equal(FileErrorKind.Damaged, _index.Failed!.Kind);
        Assert.Empty(_index.Batches);
        Assert.Equal(0, _embedding.Requests);
        Assert.Null(_index.Finished);
    }

    [Fact]
    public async Task A_stored_file_that_is_gone_is_unreadable()
    {
        Assert.Equal(FileJobOutcome.Completed, await ParseAsync());
        Assert.Equal(FileErrorKind.Unreadable, _index.Failed!.Kind);
    }

    [Theory]
    [InlineData(FileClaimOutcome.Held)]
    [InlineData(FileClaimOutcome.Ended)]
    public async Task A_file_that_is_not_granted_is_left_alone(FileClaimOutcome outcome)
    {
        _index.Claim = new FileClaim(outcome);
        Assert.Equal(FileJobOutcome.NotNeeded, await ParseAsync());
        Assert.Empty(_index.Renewals);
    }

    [Fact]
    public async Task A_claim_that_is_lost_on_adding_ends_the_work_quietly()
    {
        Store(Prototype(5000));
        _index.OnAdd = batch => batch.Messages[0].Ordinal == 0 ? AddOutcome.Added : AddOutcome.Superseded;
        Assert.Equal(FileJobOutcome.Superseded, await ParseAsync(new ParsingOptions { BatchMessages = 100 }));
        Assert.Single(_index.Batches);
        Assert.Null(_index.Finished);
        Assert.Null(_index.Failed);
    }

    [Fact]
    public async Task A_wrong_model_is_a_fault_of_the_machine_not_the_file()
    {
        Store(Prototype(10));
        _index.OnAdd = _ => AddOutcome.WrongModel;
        await Assert.ThrowsAsync<InvalidOperationException>(() => ParseAsync());
        Assert.Null(_index.Failed);
    }

    [Fact]
    public async Task A_failing_embedding_is_the_engines_to_retry()
    {
        Store(Prototype(10));
        _embedding.Before = (_, _) => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => ParseAsync());
        Assert.Null(_index.Failed);
        Assert.Null(_index.Finished);
    }

    [Fact]
    public async Task The_claim_is_renewed_at_a_third_of_its_lease_with_the_number_of_messages_once_known()
    {
        Store(Prototype(10));
        _embedding.Before = async (_, _) =>
        {
            _clock.Ring();
            while (Renewals() < 2)
                await Task.Yield();
        };
        Assert.Equal(FileJobOutcome.Completed, await ParseAsync());
        Assert.Equal([TimeSpan.FromMinutes(1)], _clock.Periods);
        Assert.Equal([10, 10], _index.Renewals);
    }

    [Fact]
    public async Task A_claim_that_is_lost_while_embedding_ends_the_work_quietly()
    {
        Store(Prototype(10));
        _embedding.Before = (_, cancellationToken) =>
        {
            _index.OnRenew = () => false;
            _clock.Ring();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        };
        Assert.Equal(FileJobOutcome.Superseded, await ParseAsync());
        Assert.Empty(_index.Batches);
        Assert.Null(_index.Failed);
    }

    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_renewal_that_fails_is_tried_again(Type failure)
    {
        Store(Prototype(10));
        _embedding.Before = async (_, _) =>
        {
            _index.OnRenew = () => throw (Exception)Activator.CreateInstance(failure)!;
            _clock.Ring();
            while (Renewals() < 2)
                await Task.Yield();
            _index.OnRenew = () => true;
        };
        Assert.Equal(FileJobOutcome.Completed, await ParseAsync());
    }

    [Fact]
    public async Task Cancelling_ends_the_work_without_failing_the_file()
    {
        Store(Prototype(10));
        using var cancel = new CancellationTokenSource();
        _embedding.Before = (_, cancellationToken) =>
        {
            cancel.Cancel();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ParseAsync(cancellationToken: cancel.Token));
        Assert.Null(_index.Failed);
        Assert.Null(_index.Finished);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_suspect_begins_only_when_its_neighbours_got_further_and_before_others_begin(bool holderGone, bool suspect)
    {
        Store(Prototype(200));
        var neighbour = new TaskCompletionSource();
        var ofSuspect = new TaskCompletionSource();
        var requests = 0;
        _embedding.Before = (_, _) => Interlocked.Increment(ref requests) switch
        {
            1 => neighbour.Task,
            3 => ofSuspect.Task,
            _ => Task.CompletedTask,
        };
        var grain = Grain(new ParsingOptions { BatchMessages = 100, BatchesInFlight = 1 });

        var first = grain.ParseAsync(Job, CancellationToken.None);
        await UntilAsync(() => requests == 1);
        var second = grain.ParseAsync(Job with { HolderGone = holderGone, Suspect = suspect }, CancellationToken.None);
        var third = grain.ParseAsync(Job, CancellationToken.None);
        Assert.Equal(1, _index.Claims);

        neighbour.SetResult();
        Assert.Equal(FileJobOutcome.Completed, await first);
        await UntilAsync(() => requests == 3);
        Assert.Equal(2, _index.Claims);

        ofSuspect.SetResult();
        Assert.Equal([FileJobOutcome.Completed, FileJobOutcome.Completed], await Task.WhenAll(second, third));
        Assert.Equal(3, _index.Claims);
    }

    [Fact]
    public async Task A_suspect_that_stops_waiting_lets_the_others_begin()
    {
        Store(Prototype(10));
        var neighbour = new TaskCompletionSource();
        var requests = 0;
        _embedding.Before = (_, _) => Interlocked.Increment(ref requests) == 1 ? neighbour.Task : Task.CompletedTask;
        var grain = Grain();
        var first = grain.ParseAsync(Job, CancellationToken.None);
        await UntilAsync(() => requests == 1);
        using var stop = new CancellationTokenSource();
        var waiting = grain.ParseAsync(Job with { Suspect = true }, stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(FileJobOutcome.Completed, await grain.ParseAsync(Job, CancellationToken.None));
        neighbour.SetResult();
        Assert.Equal(FileJobOutcome.Completed, await first);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(1, patience.Token);
    }

    private static string Text(int i) => $"message {i}";

    private static string Prototype(int messages) =>
        $$"""{"messages":[{{string.Join(',', Enumerable.Range(0, messages).Select(i => $"\"{Text(i)}\""))}}]}""";

    private int Renewals()
    {
        lock (_index.Renewals)
            return _index.Renewals.Count;
    }

    private void Store(string export) => File.WriteAllText(Path.Combine(_folder.FullName, "chat.json"), export);

    private Task<FileJobOutcome> ParseAsync(ParsingOptions? options = null, CancellationToken cancellationToken = default) =>
        Grain(options).ParseAsync(Job, cancellationToken);

    private FileParserGrain Grain(ParsingOptions? options = null) => new(
        _index,
        _embedding,
        new StorageOptions(_folder.FullName, _folder.FullName),
        options ?? new ParsingOptions(),
        _clock,
        NullLogger<FileParserGrain>.Instance);
}
