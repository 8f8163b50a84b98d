namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>What is seen of the cluster while the broker is away, and afterwards.</summary>
public sealed class PresenceOutageTests
{
    [Fact]
    public async Task While_the_broker_is_away_the_others_grow_old_and_once_it_is_back_they_are_there_again()
    {
        await using var broker = await Broker.StartAsync();
        await using var one = new AnnouncedProcess("one", broker.Uri);
        await using var two = new AnnouncedProcess("two", broker.Uri);
        await one.UntilAsync(cluster => cluster.Silos.Count(silo => !silo.Gone) == 2);

        await broker.KillAsync();
        await one.UntilAsync(_ => !one.Broker.IsConnected);
        one.Clock.Passed += TimeSpan.FromSeconds(6.1);
        var away = await one.StatusAsync();
        Assert.Equal([("one", false), ("two", true)], away.Silos.Select(silo => (silo.Name, silo.Gone)));

        await broker.RestartAsync();
        await one.UntilAsync(cluster => cluster.Silos.Count(silo => !silo.Gone) == 2);
    }
}
