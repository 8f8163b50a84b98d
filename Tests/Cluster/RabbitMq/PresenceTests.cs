using ChatAnalysis.Cluster.RabbitMq.Jobs;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>Who sees whom through a broker.</summary>
[Collection(nameof(BrokerCollection))]
public sealed class PresenceTests(SharedBroker shared)
{
    [Fact]
    public async Task Processes_see_each_other_and_one_that_is_killed_is_gone_while_the_other_stays()
    {
        var host = await HostAsync();
        await using var one = new AnnouncedProcess("one", shared.Broker.Uri, host);
        await using var two = new AnnouncedProcess("two", shared.Broker.Uri, host);
        await one.UntilAsync(cluster => Has(cluster, "one", gone: false) && Has(cluster, "two", gone: false));
        await two.UntilAsync(cluster => Has(cluster, "one", gone: false) && Has(cluster, "two", gone: false));

        await two.KillAsync();
        one.Clock.Passed += TimeSpan.FromSeconds(6.1);

        await one.UntilAsync(cluster => Has(cluster, "one", gone: false) && Has(cluster, "two", gone: true));
    }

    [Fact]
    public async Task A_process_that_ends_says_farewell()
    {
        var host = await HostAsync();
        await using var one = new AnnouncedProcess("one", shared.Broker.Uri, host);
        await using (var two = new AnnouncedProcess("two", shared.Broker.Uri, host))
            await one.UntilAsync(cluster => Has(cluster, "two", gone: false));

        await one.UntilAsync(cluster => Has(cluster, "two", gone: true));
    }

    [Fact]
    public async Task Queues_are_shown_with_what_waits_in_them_and_those_that_are_not_there_are_left_out()
    {
        await using var process = new AnnouncedProcess("one", shared.Broker.Uri, await HostAsync());
        await process.Broker.GetAsync(CancellationToken.None);
        Assert.Empty((await process.StatusAsync()).Queues);

        await using var jobs = new RabbitMqFileJobQueue(process.Broker, TimeProvider.System, NullLogger<RabbitMqFileJobQueue>.Instance);
        await jobs.EnqueueAsync(new FileJob(1), CancellationToken.None);
        await jobs.EnqueueAsync(new FileJob(2), CancellationToken.None);

        await process.UntilAsync(cluster => cluster.Queues.SequenceEqual([new QueueStatus("files", 2), new QueueStatus("files.delayed", 0)]));
    }

    private static bool Has(ClusterStatus cluster, string name, bool gone) =>
        cluster.Silos.Any(silo => silo.Name == name && silo.Gone == gone);

    private async Task<string> HostAsync() => (await shared.Broker.AddVirtualHostAsync()).AbsolutePath.TrimStart('/');
}
