namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>SIGKILL of each part of a cluster in the middle of an upload.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class KillTests(ClusterFixture fixture)
{
    // CHATANALYSIS_LONG_FAULTS has a file's parsers die more often than the broker delivers a job.
    private static readonly int Lives = Environment.GetEnvironmentVariable("CHATANALYSIS_LONG_FAULTS") is null ? 6 : 25;
    private static readonly int LongFile = 400 * Lives;

    [Fact]
    public Task A_parser_killed_in_the_middle_of_files_costs_nothing() =>
        RunAsync("parser killed", async cluster =>
        {
            await cluster["parser-1"].KillAsync();
            await cluster.UntilAsync("SELECT COUNT(*) FROM files WHERE name LIKE 'parser killed %' AND claim > 1", files => files > 0);
        });

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
    public async Task A_gateway_killed_while_it_receives_an_upload_has_not_accepted_it()
    {
        var cluster = await fixture.SpecialisedAsync();
        var exports = ChatExport.Prototype("half an upload", 20);
        using var whole = ChatExport.Form(exports);
        using var half = new HalfSent(whole);
        var request = cluster.Gateway.Client.PostAsync("/upload", half);
        await half.Begun;
        await cluster.Gateway.KillAsync();
        half.GoOn();
        await Assert.ThrowsAsync<HttpRequestException>(() => request);

        await cluster.Gateway.UploadUntilAnsweredAsync(exports);
        using var index = cluster.OpenIndex();
        Assert.Equal(1, index.Number("SELECT COUNT(*) FROM files WHERE name LIKE 'half an upload%'"));
    }

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

    [Fact]
    public async Task Parsers_killed_again_and_again_while_they_get_further_never_fail_a_file()
    {
        const string mark = "killed again and again";
        var cluster = await fixture.SpecialisedAsync();
        var disturbance = new Disturbance(fixture, cluster, mark, files: 1, messagesAFile: LongFile);
        var upload = disturbance.BeginAsync();
        var claim = 0L;
        for (var life = 1; life <= Lives; life++)
        {
            // What a dead parser had sent may still be added: only a later claim's messages are the next one's.
            await cluster.UntilAsync(
                $"SELECT claim FROM files WHERE name = '{mark} 0.json' AND next_ordinal > ordinal_at_claim AND claim > {claim}",
                number => number > 0);
            using (var index = cluster.OpenIndex())
                claim = index.Number($"SELECT claim FROM files WHERE name = '{mark} 0.json'");
            await Task.WhenAll(cluster["parser-1"].KillAsync(), cluster["parser-2"].KillAsync());
        }

        await disturbance.CheckAsync(await upload);
        using (var index = cluster.OpenIndex())
            Assert.InRange(index.Number($"SELECT claim FROM files WHERE name = '{mark} 0.json'"), Lives + 1, int.MaxValue);
    }

    private async Task RunAsync(string mark, Func<ClusterProcesses, Task> kill)
    {
        var cluster = await fixture.SpecialisedAsync();
        await new Disturbance(fixture, cluster, mark).RunAsync(() => kill(cluster));
    }
}
