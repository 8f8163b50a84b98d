using System.Net;
using System.Text.Json;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>A broker that is started after everybody else.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class LateBrokerTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Gateway_and_silos_say_that_the_broker_is_missing_and_work_once_it_is_there()
    {
        await using var cluster = new ClusterProcesses(
            await fixture.Broker.AddVirtualHostAsync(), ClusterPrograms.Cheap, ClusterProcesses.Impatient);
        cluster.AddSilo("silo-1");
        await fixture.Broker.StopAsync();
        foreach (var member in cluster.Members)
            member.Launch();
        foreach (var member in cluster.Members)
            await SaysThatTheBrokerIsMissingAsync(member);

        await fixture.Broker.RestartAsync();
        await cluster.WaitUntilReadyAsync();
        var answer = await cluster.Gateway.UploadUntilAnsweredAsync(ChatExport.Prototype("after the broker", 30));
        Assert.Equal(30, answer.IndexSize());
    }

    private static async Task SaysThatTheBrokerIsMissingAsync(ClusterMember member)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var answer = await member.Client.GetAsync("/health/ready", patience.Token);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                var missing = JsonElement.Parse(await answer.Content.ReadAsStringAsync(patience.Token)).GetProperty("missing");
                if (missing.EnumerateArray().Any(part => part.GetString() == "broker"))
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
