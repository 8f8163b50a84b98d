using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class FileParserGrainTests : IDisposable
{
    private readonly TestParser _parser = new();

    public void Dispose() => _parser.Dispose();

    [Fact]
    public async Task A_file_is_added_in_order_each_message_with_its_vector()
    {
        _parser.Store(TestParser.Prototype(1000));
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync());
        Assert.Equal(Enumerable.Range(0, 1000), _parser.Index.Messages.Select(message => (int)message.Ordinal));
        Assert.Equal(Enumerable.Range(0, 1000).Select(TestParser.Text), _parser.Index.Messages.Select(message => message.Text));
        foreach (var batch in _parser.Index.Batches)
        {
            Assert.All(batch.Messages, message => Assert.Equal("prototype", message.Conversation.Platform));
            Assert.Equal(batch.Messages.Count, batch.Vectors.Count);
            for (var row = 0; row < batch.Vectors.Count; row++)
                Assert.Equal(batch.Messages[row].Text.Length, batch.Vectors[row][0]);
        }

        Assert.Equal(("prototype", 1, 1000L), (_parser.Index.Finished!.Format, _parser.Index.Finished.Conversations, _parser.Index.Finished.Messages));
        Assert.Null(_parser.Index.Failed);
    }

    [Fact]
    public async Task Embeddings_that_end_out_of_order_are_added_in_order_and_their_number_is_bounded()
    {
        _parser.Store(TestParser.Prototype(1000));
        var second = new TaskCompletionSource();
        _parser.Embedding.Before = (request, _) =>
        {
            if (request.Texts[0] == TestParser.Text(0))
                return second.Task;
            second.TrySetResult();
            return Task.CompletedTask;
        };
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync(new ParsingOptions { BatchMessages = 100, BatchesInFlight = 2 }));
        Assert.Equal(10, _parser.Index.Batches.Count);
        Assert.Equal(Enumerable.Range(0, 1000), _parser.Index.Messages.Select(message => (int)message.Ordinal));
        Assert.Equal(2, _parser.Embedding.MostInFlight);
    }

    [Fact]
    public async Task Long_messages_make_small_batches()
    {
        _parser.Store(TestParser.Prototype(100));
        await _parser.ParseAsync(new ParsingOptions { BatchCharacters = 30 });
        Assert.Equal(100, _parser.Index.Messages.Count());
        Assert.All(_parser.Index.Batches, batch => Assert.InRange(batch.Messages.Take(batch.Messages.Count - 1).Sum(m => m.Text.Length), 0, 29));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(1000)]
    public async Task Work_goes_on_where_another_parser_stopped(int from)
    {
        _parser.Store(TestParser.Prototype(1000));
        _parser.Index.Claim = _parser.Index.Claim with { NextOrdinal = from };
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync());
        Assert.Equal(Enumerable.Range(from, 1000 - from), _parser.Index.Messages.Select(message => (int)message.Ordinal));
        Assert.Equal(Enumerable.Range(from, 1000 - from).Select(TestParser.Text), _parser.Index.Messages.Select(message => message.Text));
        Assert.Equal(1000, _parser.Index.Finished!.Messages);
    }

    [Fact]
    public async Task When_its_turn_is_over_a_file_is_handed_back_with_all_that_was_embedded_added()
    {
        _parser.Store(TestParser.Prototype(1000));
        _parser.Embedding.Before = (request, _) =>
        {
            if (request.Texts[0] == TestParser.Text(300))
                _parser.Clock.Passed = TimeSpan.FromMinutes(6);
            return Task.CompletedTask;
        };
        var options = new ParsingOptions { BatchMessages = 100, BatchesInFlight = 2, Turn = TimeSpan.FromMinutes(5) };
        Assert.Equal(FileJobOutcome.HandedBack, await _parser.ParseAsync(options));
        Assert.True(_parser.Index.HandedBack);
        Assert.Null(_parser.Index.Finished);
        Assert.Equal(Enumerable.Range(0, _parser.Index.Messages.Count()), _parser.Index.Messages.Select(message => (int)message.Ordinal));
        Assert.InRange(_parser.Index.Messages.Count(), 400, 900);
        Assert.Equal(_parser.Embedding.Requests, _parser.Index.Batches.Count);
    }

    [Fact]
    public async Task Every_turn_gets_a_file_further_and_the_last_one_ends_it()
    {
        _parser.Store(TestParser.Prototype(250));
        _parser.Embedding.Before = (_, _) =>
        {
            _parser.Clock.Passed += TimeSpan.FromHours(1);
            return Task.CompletedTask;
        };
        var options = new ParsingOptions { BatchMessages = 100, BatchesInFlight = 1 };
        FileJobOutcome outcome;
        var turns = 0;
        do
        {
            outcome = await _parser.ParseAsync(options);
            _parser.Index.Claim = _parser.Index.Claim with { NextOrdinal = _parser.Index.Messages.Count() };
            turns++;
        }
        while (outcome == FileJobOutcome.HandedBack && turns < 10);
        Assert.Equal(FileJobOutcome.Completed, outcome);
        Assert.Equal(Enumerable.Range(0, 250), _parser.Index.Messages.Select(message => (int)message.Ordinal));
        Assert.Equal(250, _parser.Index.Finished!.Messages);
    }

    [Fact]
    public async Task Of_a_file_that_is_bad_at_its_end_nothing_is_embedded_or_added()
    {
        _parser.Store(TestParser.Prototype(5000)[..^1] + ",");
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync());
        Assert.Equal(FileErrorKind.Damaged, _parser.Index.Failed!.Kind);
        Assert.Empty(_parser.Index.Batches);
        Assert.Equal(0, _parser.Embedding.Requests);
        Assert.Null(_parser.Index.Finished);
    }

    [Fact]
    public async Task A_stored_file_that_is_gone_is_unreadable()
    {
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync());
        Assert.Equal(FileErrorKind.Unreadable, _parser.Index.Failed!.Kind);
    }

    [Theory]
    [InlineData(FileClaimOutcome.Held)]
    [InlineData(FileClaimOutcome.Ended)]
    public async Task A_file_that_is_not_granted_is_left_alone(FileClaimOutcome outcome)
    {
        _parser.Index.Claim = new FileClaim(outcome);
        Assert.Equal(FileJobOutcome.NotNeeded, await _parser.ParseAsync());
        Assert.Empty(_parser.Index.Renewals);
    }

    [Fact]
    public async Task A_claim_that_is_lost_on_adding_ends_the_work_quietly()
    {
        _parser.Store(TestParser.Prototype(5000));
        _parser.Index.OnAdd = batch => batch.Messages[0].Ordinal == 0 ? AddOutcome.Added : AddOutcome.Superseded;
        Assert.Equal(FileJobOutcome.Superseded, await _parser.ParseAsync(new ParsingOptions { BatchMessages = 100 }));
        Assert.Single(_parser.Index.Batches);
        Assert.Null(_parser.Index.Finished);
        Assert.Null(_parser.Index.Failed);
    }

    [Fact]
    public async Task A_wrong_model_is_a_fault_of_the_machine_not_the_file()
    {
        _parser.Store(TestParser.Prototype(10));
        _parser.Index.OnAdd = _ => AddOutcome.WrongModel;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _parser.ParseAsync());
        Assert.Null(_parser.Index.Failed);
    }

    [Fact]
    public async Task A_failing_embedding_is_the_engines_to_retry()
    {
        _parser.Store(TestParser.Prototype(10));
        _parser.Embedding.Before = (_, _) => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => _parser.ParseAsync());
        Assert.Null(_parser.Index.Failed);
        Assert.Null(_parser.Index.Finished);
    }

    [Fact]
    public async Task The_claim_is_renewed_at_a_third_of_its_lease_with_the_number_of_messages_once_known()
    {
        _parser.Store(TestParser.Prototype(10));
        _parser.Embedding.Before = async (_, _) =>
        {
            _parser.Clock.Ring();
            while (_parser.Renewals() < 2)
                await Task.Yield();
        };
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync());
        Assert.Equal([TimeSpan.FromMinutes(1)], _parser.Clock.Periods);
        Assert.Equal([10, 10], _parser.Index.Renewals);
    }

    [Fact]
    public async Task A_claim_that_is_lost_while_embedding_ends_the_work_quietly()
    {
        _parser.Store(TestParser.Prototype(10));
        _parser.Embedding.Before = (_, cancellationToken) =>
        {
            _parser.Index.OnRenew = () => false;
            _parser.Clock.Ring();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        };
        Assert.Equal(FileJobOutcome.Superseded, await _parser.ParseAsync());
        Assert.Empty(_parser.Index.Batches);
        Assert.Null(_parser.Index.Failed);
    }

    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_renewal_that_fails_is_tried_again(Type failure)
    {
        _parser.Store(TestParser.Prototype(10));
        _parser.Embedding.Before = async (_, _) =>
        {
            _parser.Index.OnRenew = () => throw (Exception)Activator.CreateInstance(failure)!;
            _parser.Clock.Ring();
            while (_parser.Renewals() < 2)
                await Task.Yield();
            _parser.Index.OnRenew = () => true;
        };
        Assert.Equal(FileJobOutcome.Completed, await _parser.ParseAsync());
    }

    [Fact]
    public async Task Every_job_is_claimed_as_a_parser_of_its_own()
    {
        _parser.Store(TestParser.Prototype(10));
        await _parser.ParseAsync();
        await _parser.ParseAsync();
        Assert.Equal(2, _parser.Index.Claimants.Distinct().Count());
    }

    [Fact]
    public async Task Stopping_hands_the_file_back_without_failing_it()
    {
        Assert.Equal(FileJobOutcome.HandedBack, await StopWhileEmbeddingAsync());
        Assert.True(_parser.Index.HandedBack);
        Assert.Null(_parser.Index.Failed);
        Assert.Null(_parser.Index.Finished);
    }

    [Fact]
    public async Task Stopping_goes_on_where_the_file_cannot_be_handed_back()
    {
        _parser.Index.OnHandBack = () => throw new UnavailableException("The owner is away");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(StopWhileEmbeddingAsync);
    }

    [Fact]
    public async Task Stopping_waits_only_so_long_for_the_file_to_be_handed_back()
    {
        _parser.Index.OnHandBack = () =>
        {
            _parser.Clock.Ring();
            return Task.Delay(Timeout.Infinite).ContinueWith(_ => true, TaskScheduler.Default);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(StopWhileEmbeddingAsync);
        Assert.Contains(TimeSpan.FromSeconds(5), _parser.Clock.DueTimes);
    }

    [Fact]
    public async Task A_file_whose_claim_was_lost_is_not_handed_back()
    {
        _parser.Store(TestParser.Prototype(10));
        _parser.Index.OnAdd = _ => AddOutcome.Superseded;
        await _parser.ParseAsync();
        Assert.False(_parser.Index.HandedBack);
    }

    private async Task<FileJobOutcome> StopWhileEmbeddingAsync()
    {
        _parser.Store(TestParser.Prototype(10));
        using var cancel = new CancellationTokenSource();
        _parser.Embedding.Before = (_, cancellationToken) =>
        {
            cancel.Cancel();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        };
        return await _parser.ParseAsync(cancellationToken: cancel.Token).WaitAsync(TimeSpan.FromSeconds(20));
    }
}
