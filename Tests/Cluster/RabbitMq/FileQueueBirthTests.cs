using ChatAnalysis.Cluster;
using ChatAnalysis.Cluster.RabbitMq.Jobs;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

public sealed class FileQueueBirthTests
{
    [Fact]
    public async Task A_power_cut_just_after_the_queues_birth_stops_nothing()
    {
        await using var broker = await Broker.StartAsync();
        await using var cluster = await ClusterParts.ConnectAsync(broker.Uri);
        var parser = new ScriptedParser();
        var queue = cluster.Keep(
            new RabbitMqFileJobQueue(cluster.Connection, TimeProvider.System, NullLogger<RabbitMqFileJobQueue>.Instance));
        cluster.Keep(new FileJobConsumer(
            cluster.Connection, parser, new FileParsersOptions(), TimeProvider.System, NullLogger<FileJobConsumer>.Instance));
        await queue.EnqueueAsync(new FileJob(1), CancellationToken.None);
        await parser.NextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        await broker.KillAsync();
        await broker.RestartAsync();

        // The owner hands out again what the broker lost: it sees that fewer jobs wait than files.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var again = parser.NextAsync().AsTask();
        while (!again.IsCompleted)
        {
            try
            {
                await queue.EnqueueAsync(new FileJob(1), patience.Token);
            }
            catch (UnavailableException)
            {
                continue;
            }

            await Task.WhenAny(again, Task.Delay(1000, patience.Token));
        }

        Assert.Equal(1, (await again).Job.FileId);
    }
}
