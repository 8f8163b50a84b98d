using ChatAnalysis.Cluster;
using ChatAnalysis.Cluster.RabbitMq.Jobs;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

[Collection(nameof(BrokerCollection))]
public sealed class FileJobTests(SharedBroker shared)
{
    private static readonly FileParsersOptions Options = new() { Count = 2, RetryDelay = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task As_many_files_are_read_at_once_as_set_and_the_others_wait_for_anybody()
    {
        await using var cluster = await StartAsync();
        var (queue, parser) = (Queue(cluster), new ScriptedParser());
        Consumer(cluster, parser);
        for (var id = 1; id <= 5; id++)
            await queue.EnqueueAsync(new FileJob(id), CancellationToken.None);

        var work = new[] { await NextAsync(parser), await NextAsync(parser) };
        Assert.Equal(3, await queue.CountWaitingAsync(CancellationToken.None));
        foreach (var file in work)
            file.End.SetResult(FileJobOutcome.Completed);
        for (var rest = 0; rest < 3; rest++)
            (await NextAsync(parser)).End.SetResult(FileJobOutcome.NotNeeded);

        Assert.Equal(2, parser.MostAtOnce);
        Assert.Equal(0, await queue.CountWaitingAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_file_of_a_process_that_dies_moves_on_and_says_that_its_holder_is_gone()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var owner = await ClusterParts.ConnectAsync(host);
        await using var first = await ClusterParts.ConnectAsync(host);
        var (dying, other) = (new ScriptedParser(), new ScriptedParser());
        Consumer(first, dying);
        await Queue(owner).EnqueueAsync(new FileJob(1), CancellationToken.None);
        await NextAsync(dying);

        await first.DieAsync();
        await using var second = await ClusterParts.ConnectAsync(host);
        Consumer(second, other);

        Assert.Equal(new FileJob(1, HolderGone: true), (await NextAsync(other)).Job);
    }

    [Fact]
    public async Task A_job_whose_parser_fails_comes_back_after_a_delay_and_does_not_hold_up_its_neighbours()
    {
        await using var cluster = await StartAsync();
        var (queue, parser) = (Queue(cluster), new ScriptedParser());
        Consumer(cluster, parser, Options with { Count = 1 });
        await queue.EnqueueAsync(new FileJob(1, TraceParent: "trace"), CancellationToken.None);
        await queue.EnqueueAsync(new FileJob(2), CancellationToken.None);

        (await NextAsync(parser)).End.SetException(new IOException("The disk is gone"));
        var neighbour = await NextAsync(parser);
        neighbour.End.SetResult(FileJobOutcome.Completed);

        Assert.Equal(2, neighbour.Job.FileId);
        Assert.Equal(new FileJob(1, HolderGone: true, TraceParent: "trace"), (await NextAsync(parser)).Job);
    }

    [Fact]
    public async Task A_parser_that_stops_gives_its_files_to_others()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var owner = await ClusterParts.ConnectAsync(host);
        await using var process = await ClusterParts.ConnectAsync(host);
        var (stopping, other) = (new ScriptedParser(), new ScriptedParser());
        var consumer = Consumer(process, stopping);
        await Queue(owner).EnqueueAsync(new FileJob(1), CancellationToken.None);
        var work = await NextAsync(stopping);

        await consumer.DisposeAsync();
        Assert.True(work.Ended);
        Consumer(owner, other);

        Assert.Equal(1, (await NextAsync(other)).Job.FileId);
    }

    [Fact]
    public async Task Work_on_a_file_ends_when_the_connection_is_cut_and_begins_anew()
    {
        await using var cluster = await StartAsync();
        var parser = new ScriptedParser();
        Consumer(cluster, parser);
        await Queue(cluster).EnqueueAsync(new FileJob(1), CancellationToken.None);
        var first = await NextAsync(parser);

        await shared.Broker.CutConnectionsAsync();
        var second = await NextAsync(parser);

        Assert.True(first.Ended);
        Assert.Equal(new FileJob(1, HolderGone: true), second.Job);
    }

    private static RabbitMqFileJobQueue Queue(ClusterParts cluster) =>
        cluster.Keep(new RabbitMqFileJobQueue(cluster.Connection, TimeProvider.System, NullLogger<RabbitMqFileJobQueue>.Instance));

    private static FileJobConsumer Consumer(ClusterParts cluster, ScriptedParser parser, FileParsersOptions? options = null) =>
        cluster.Keep(new FileJobConsumer(
            cluster.Connection, parser, options ?? Options, TimeProvider.System, NullLogger<FileJobConsumer>.Instance));

    private static Task<ScriptedParser.Work> NextAsync(ScriptedParser parser) =>
        parser.NextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private async Task<ClusterParts> StartAsync() => await ClusterParts.ConnectAsync(await shared.Broker.AddVirtualHostAsync());
}
