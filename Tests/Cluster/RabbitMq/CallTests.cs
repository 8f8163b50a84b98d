using System.Diagnostics;
using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

[Collection(nameof(BrokerCollection))]
public sealed class CallTests(SharedBroker shared)
{
    private static readonly GrainMethod<string, string> Echo = new("Test.Echo");
    private static readonly GrainMethod<string, string> Other = new("Test.Other");
    private static readonly ServedQueue Queue = new("test", Prefetch: 4);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20), Forever = System.Threading.Timeout.InfiniteTimeSpan;

    [Fact]
    public async Task A_call_is_answered_by_whoever_serves_the_queue()
    {
        await using var cluster = await StartAsync();
        cluster.Server(new GrainMethods().Add(Echo, (text, _) => Task.FromResult($"{text}!")), Queue);

        Assert.Equal("häß☃\0!", await CallAsync(cluster.Client(), "häß☃\0"));
    }

    [Fact]
    public async Task A_call_that_is_under_way_when_its_server_dies_is_served_by_another()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var caller = await ClusterParts.ConnectAsync(host);
        await using var first = await ClusterParts.ConnectAsync(host);
        var begun = new TaskCompletionSource();
        first.Server(
            new GrainMethods().Add(Echo, async (text, ct) =>
            {
                begun.TrySetResult();
                await Task.Delay(Forever, ct);
                return text;
            }),
            Queue);
        var call = CallAsync(caller.Client(), "first");
        await begun.Task.WaitAsync(Timeout);

        await first.DieAsync();
        await using var second = await ClusterParts.ConnectAsync(host);
        second.Server(new GrainMethods().Add(Echo, (_, _) => Task.FromResult("second")), Queue);

        Assert.Equal("second", await call);
    }

    [Fact]
    public async Task A_grain_that_is_not_available_here_leaves_the_call_to_another()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var here = await ClusterParts.ConnectAsync(host);
        await using var there = await ClusterParts.ConnectAsync(host);
        here.Server(new GrainMethods().Add<string, string>(Echo, (_, _) => throw new UnavailableException("not here")), Queue);
        there.Server(new GrainMethods().Add(Echo, (_, _) => Task.FromResult("there")), Queue);

        for (var call = 0; call < 4; call++)
            Assert.Equal("there", await CallAsync(here.Client(), "anybody?"));
    }

    [Fact]
    public async Task Calls_go_on_when_all_connections_were_cut()
    {
        await using var cluster = await StartAsync();
        cluster.Server(new GrainMethods().Add(Echo, (text, _) => Task.FromResult(text)), Queue);
        var client = cluster.Client();
        Assert.Equal("before", await CallAsync(client, "before"));

        await shared.Broker.CutConnectionsAsync();

        Assert.Equal("after", await CallAsync(client, "after"));
    }

    [Fact]
    public async Task Where_nobody_serves_a_queue_the_caller_is_told_once_its_patience_is_over()
    {
        await using var cluster = await StartAsync();

        var failure = await Assert.ThrowsAsync<UnavailableException>(
            () => CallAsync(cluster.Client(), "anybody?", patience: TimeSpan.FromMilliseconds(300)));

        Assert.Equal("nobody serves test", failure.Message);
    }

    [Fact]
    public async Task A_call_whose_caller_has_given_up_is_served_by_nobody()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var caller = await ClusterParts.ConnectAsync(host);
        await using (var declaring = await ClusterParts.ConnectAsync(host))
        {
            declaring.Server(new GrainMethods().Add(Echo, (text, _) => Task.FromResult(text)), Queue);
            await CallAsync(declaring.Client(), "the queue is there");
        }

        var client = caller.Client();
        await Assert.ThrowsAsync<UnavailableException>(
            () => CallAsync(client, "too late", patience: TimeSpan.FromMilliseconds(300)));

        var served = new List<string>();
        await using var late = await ClusterParts.ConnectAsync(host);
        late.Server(
            new GrainMethods().Add(Echo, (text, _) =>
            {
                served.Add(text);
                return Task.FromResult(text);
            }),
            Queue);
        await CallAsync(client, "in time");

        Assert.Equal(["in time"], served);
    }

    [Fact]
    public async Task A_disk_that_is_full_there_is_an_IOException_here_and_any_other_fault_names_its_method()
    {
        await using var cluster = await StartAsync();
        cluster.Server(
            new GrainMethods()
                .Add<string, string>(Echo, (_, _) => throw new IOException("no space left"))
                .Add<string, string>(Other, (_, _) => throw new InvalidOperationException("broken")),
            Queue);
        var client = cluster.Client();

        var full = await Assert.ThrowsAsync<IOException>(() => CallAsync(client, ""));
        var fault = await Assert.ThrowsAsync<GrainFaultException>(
            () => client.CallAsync(Queue.Name, Other, "", Timeout, Forever, CancellationToken.None));

        Assert.Equal("no space left", full.Message);
        Assert.Equal("Test.Other failed: InvalidOperationException: broken", fault.Message);
    }

    [Fact]
    public async Task A_caller_of_another_version_is_told_that_there_is_no_such_method()
    {
        await using var cluster = await StartAsync();
        cluster.Server(new GrainMethods().Add(Echo, (text, _) => Task.FromResult(text)), Queue);

        var fault = await Assert.ThrowsAsync<GrainFaultException>(
            () => cluster.Client().CallAsync(Queue.Name, Other, "", Timeout, Forever, CancellationToken.None));

        Assert.Contains("no grain method Test.Other", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_goes_away_does_not_wait()
    {
        await using var cluster = await StartAsync();
        using var gone = new CancellationTokenSource();
        var call = cluster.Client().CallAsync(Queue.Name, Echo, "", Timeout, Forever, gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Timeout));
    }

    [Fact]
    public async Task No_more_calls_are_worked_on_at_once_than_the_queue_says()
    {
        await using var cluster = await StartAsync();
        var (atOnce, most) = (0, 0);
        var full = new TaskCompletionSource();
        cluster.Server(
            new GrainMethods().Add(Echo, async (text, ct) =>
            {
                lock (full)
                    most = Math.Max(most, ++atOnce);
                if (most >= Queue.Prefetch)
                    full.TrySetResult();
                await full.Task.WaitAsync(Timeout, ct);
                lock (full)
                    atOnce--;
                return text;
            }),
            Queue);
        var client = cluster.Client();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => CallAsync(client, $"{number}")));

        Assert.Equal(Queue.Prefetch, most);
    }

    [Fact]
    public async Task A_server_that_stops_ends_the_calls_under_way()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var caller = await ClusterParts.ConnectAsync(host);
        await using var serving = await ClusterParts.ConnectAsync(host);
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var server = serving.Server(
            new GrainMethods().Add(Echo, async (text, _) =>
            {
                begun.TrySetResult();
                await end.Task;
                return text;
            }),
            Queue);
        var call = CallAsync(caller.Client(), "under way");
        await begun.Task.WaitAsync(Timeout);

        var stop = server.DisposeAsync();
        end.SetResult();
        await stop;

        Assert.Equal("under way", await call);
    }

    [Fact]
    public async Task A_callers_trace_reaches_the_server()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var cluster = await StartAsync();
        var meter = new GrainMeter("echo", TimeProvider.System); // Whatever is served is measured, and traced by that.
        cluster.Server(
            new GrainMethods().Add(Echo, (_, _) => meter.MeasureAsync(Echo.Name, () => Task.FromResult($"{Activity.Current?.TraceId}"))), Queue);

        using var trace = new Activity("a request").Start();
        Assert.Equal($"{trace.TraceId}", await CallAsync(cluster.Client(), ""));
    }

    private async Task<ClusterParts> StartAsync() => await ClusterParts.ConnectAsync(await shared.Broker.AddVirtualHostAsync());

    private static Task<string> CallAsync(CallClient client, string text, TimeSpan? patience = null) =>
        client.CallAsync(Queue.Name, Echo, text, Timeout, patience ?? Forever, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
}
