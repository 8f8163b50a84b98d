namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>Parts that hang for a while, wires that are cut or blocked, and leases that run out.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class PauseTests(ClusterFixture fixture)
{
    // The lease is five seconds. CHATANALYSIS_LONG_FAULTS has the owner hang until the broker takes it for dead.
    private static readonly TimeSpan OwnerPause =
        TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("CHATANALYSIS_LONG_FAULTS") is null ? 8 : 30);

    [Fact]
    public Task An_owner_that_hangs_past_all_leases_and_goes_on_costs_nothing() =>
        RunAsync("owner paused", async (cluster, _) =>
        {
            var owner = await cluster.FindOwnerAsync();
            owner.Pause();
            await Task.Delay(OwnerPause);
            owner.Continue();
        });

    [Fact]
    public Task A_parser_that_hangs_until_its_file_is_anothers_and_goes_on_costs_nothing() =>
        RunAsync("parser paused", async (cluster, filesTakenOver) =>
        {
            cluster["parser-1"].Pause();
            await filesTakenOver();
            cluster["parser-1"].Continue();
        });

    [Fact]
    public Task A_parser_without_a_word_until_its_lease_runs_out_costs_nothing() =>
        RunAsync("lease run out", async (_, filesTakenOver) =>
        {
            fixture.ParserWire.Block();
            await filesTakenOver();
            fixture.ParserWire.Unblock();
        });

    [Fact]
    public Task A_connection_of_a_parser_that_is_cut_costs_nothing() =>
        RunAsync("parser cut", (_, _) =>
        {
            fixture.ParserWire.Cut();
            return Task.CompletedTask;
        });

    [Fact]
    public Task A_connection_of_the_owner_that_is_cut_costs_nothing() =>
        RunAsync("owner cut", (_, _) =>
        {
            fixture.IndexWire.Cut();
            return Task.CompletedTask;
        });

    [Fact]
    public Task All_connections_cut_at_once_cost_nothing() =>
        RunAsync("all cut", (_, _) => fixture.Broker.CutConnectionsAsync());

    private async Task RunAsync(string mark, Func<ClusterProcesses, Func<Task>, Task> disturb)
    {
        var cluster = await fixture.SpecialisedAsync();
        await new Disturbance(fixture, cluster, mark).RunAsync(() => disturb(
            cluster,
            () => cluster.UntilAsync($"SELECT COUNT(*) FROM files WHERE name LIKE '{mark} %' AND claim > 1", files => files > 0)));
    }
}
