using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.FileParser;
using ChatAnalysis.Tests.Gateway;

namespace ChatAnalysis.Tests.Cluster.Load;

public sealed class GrainMeterTests
{
    private readonly TurnedClock _clock = new();
    private readonly GrainMeter _meter;

    public GrainMeterTests() => _meter = new GrainMeter("embedding", _clock);

    [Fact]
    public void A_grain_that_was_never_called_has_no_latency() =>
        Assert.Equal(new GrainLoad("embedding", 0, 0, null, null, 0), _meter.Read());

    [Fact]
    public async Task Half_of_the_calls_took_no_longer_than_p50_and_99_of_100_no_longer_than_p99()
    {
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
            await CallAsync(milliseconds);

        Assert.Equal(new GrainLoad("embedding", 1000, 0, 501, 991, 0), _meter.Read());
    }

    [Fact]
    public async Task Calls_of_long_ago_do_not_count_for_the_latency_any_more()
    {
        await CallAsync(milliseconds: 60_000);
        for (var i = 0; i < 1024; i++)
            await CallAsync(milliseconds: 2);

        Assert.Equal(new GrainLoad("embedding", 1025, 0, 2, 2, 0), _meter.Read());
    }

    [Fact]
    public async Task A_call_is_in_flight_until_it_ends_and_counts_from_then_on()
    {
        var work = new TaskCompletionSource<int>();
        var call = _meter.MeasureAsync("Embedding.Embed", () => work.Task);
        Assert.Equal((0, 1), (_meter.Read().Calls, _meter.Read().InFlight));

        work.SetResult(7);

        Assert.Equal(7, await call);
        Assert.Equal((1, 0), (_meter.Read().Calls, _meter.Read().InFlight));
    }

    [Fact]
    public async Task A_fault_is_an_error_and_a_callers_change_of_mind_is_none()
    {
        await Assert.ThrowsAsync<IOException>(() => _meter.MeasureAsync<int>("Embedding.Embed", () => throw new IOException("The disk is gone")));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _meter.MeasureAsync<int>("Embedding.Embed", () => throw new OperationCanceledException()));

        var load = _meter.Read();
        Assert.Equal((2, 1, 0), (load.Calls, load.Errors, load.InFlight));
    }

    [Fact]
    public async Task Waits_for_uploads_count_as_calls_but_not_for_the_latency()
    {
        var index = new FakeVectorIndexGrain();
        var measured = new MeasuredVectorIndex(index, _meter);
        await measured.OpenUploadAsync(new UploadOpening("u", [], Clusters: 5, AllowDuplicates: false), CancellationToken.None);
        var work = new TaskCompletionSource();
        index.Work = work.Task;
        var wait = measured.WaitForUploadAsync("u", TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(1, _meter.Read().InFlight);

        _clock.Passed += TimeSpan.FromSeconds(50);
        work.SetResult();
        await wait;

        Assert.Equal(new GrainLoad("embedding", 2, 0, 0, 0, 0), _meter.Read());
    }

    private Task<int> CallAsync(int milliseconds) => _meter.MeasureAsync("Embedding.Embed", () =>
    {
        _clock.Passed += TimeSpan.FromMilliseconds(milliseconds);
        return Task.FromResult(0);
    });
}
