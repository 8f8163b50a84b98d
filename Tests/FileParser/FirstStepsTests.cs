using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>A file that may have crashed its parser is begun apart from all others.</summary>
public sealed class FirstStepsTests : IDisposable
{
    private readonly TestParser _parser = new();

    public void Dispose() => _parser.Dispose();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_suspect_begins_only_when_its_neighbours_got_further_and_before_others_begin(bool holderGone, bool suspect)
    {
        _parser.Store(TestParser.Prototype(200));
        var neighbour = new TaskCompletionSource();
        var ofSuspect = new TaskCompletionSource();
        var begun = 0;

        // Of each file's first request: when the neighbour makes its second one, nobody knows.
        _parser.Embedding.Before = (request, _) => request.Texts[0] != TestParser.Text(0)
            ? Task.CompletedTask
            : Interlocked.Increment(ref begun) switch
            {
                1 => neighbour.Task,
                2 => ofSuspect.Task,
                _ => Task.CompletedTask,
            };
        var grain = _parser.Grain(new ParsingOptions { BatchMessages = 100, BatchesInFlight = 1 });

        var first = grain.ParseAsync(TestParser.Job, CancellationToken.None);
        await UntilAsync(() => begun == 1);
        var second = grain.ParseAsync(TestParser.Job with { HolderGone = holderGone, Suspect = suspect }, CancellationToken.None);
        var third = grain.ParseAsync(TestParser.Job, CancellationToken.None);
        Assert.Equal(1, _parser.Index.Claims);

        neighbour.SetResult();
        Assert.Equal(FileJobOutcome.Completed, await first);
        await UntilAsync(() => begun == 2);
        Assert.Equal(2, _parser.Index.Claims);

        ofSuspect.SetResult();
        Assert.Equal([FileJobOutcome.Completed, FileJobOutcome.Completed], await Task.WhenAll(second, third));
        Assert.Equal(3, _parser.Index.Claims);
    }

    [Fact]
    public async Task A_suspect_that_stops_waiting_lets_the_others_begin()
    {
        _parser.Store(TestParser.Prototype(10));
        var neighbour = new TaskCompletionSource();
        var requests = 0;
        _parser.Embedding.Before = (_, _) => Interlocked.Increment(ref requests) == 1 ? neighbour.Task : Task.CompletedTask;
        var grain = _parser.Grain();
        var first = grain.ParseAsync(TestParser.Job, CancellationToken.None);
        await UntilAsync(() => requests == 1);
        using var stop = new CancellationTokenSource();
        var waiting = grain.ParseAsync(TestParser.Job with { Suspect = true }, stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(FileJobOutcome.Completed, await grain.ParseAsync(TestParser.Job, CancellationToken.None));
        neighbour.SetResult();
        Assert.Equal(FileJobOutcome.Completed, await first);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(1, patience.Token);
    }
}
