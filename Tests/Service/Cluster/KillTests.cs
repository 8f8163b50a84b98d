namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>SIGKILL of each part of a cluster in the middle of an upload.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class KillTests(ClusterFixture fixture)
{
    [Fact]
    public Task A_parser_killed_in_the_middle_of_files_costs_nothing() =>
        RunAsync("parser killed", cluster => cluster["parser-1"].KillAsync());

    [Fact]
    public Task An_embedding_silo_killed_in_the_middle_of_calls_costs_nothing() =>
        RunAsync("embedding killed", cluster => cluster["embedding-2"].KillAsync());

    [Fact]
    public Task An_owner_killed_in_the_middle_of_adds_costs_nothing() =>
        RunAsync("owner killed", async cluster => await (await cluster.FindOwnerAsync()).KillAsync());

    [Fact]
    public Task A_gateway_killed_in_the_middle_of_an_upload_costs_nothing() =>
        RunAsync("gateway killed", cluster => cluster.Gateway.KillAsync());

    [Fact]
    public Task A_broker_killed_in_the_middle_of_an_upload_costs_nothing() =>
        RunAsync("broker killed", _ => fixture.Broker.RestartAsync());

    [Fact]
    public Task A_broker_that_comes_back_empty_gets_all_work_again() =>
        RunAsync("broker emptied", async _ =>
        {
            await fixture.Broker.EmptyAsync();
            await fixture.Broker.RestartAsync();
        });

    [Fact]
    public Task All_silos_and_the_gateway_killed_at_once_cost_nothing() =>
        RunAsync("all killed", cluster => Task.WhenAll(cluster.Members.Select(member => member.KillAsync())));

    private async Task RunAsync(string mark, Func<ClusterProcesses, Task> kill)
    {
        var cluster = await fixture.WholeClusterAsync();
        await new Disturbance(fixture, cluster, mark).RunAsync(() => kill(cluster));
    }
}
