namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>What a client sees while the index changes its owner, or has one that hangs.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class TakeoverTests(ClusterFixture fixture)
{
    private const int Clients = 3, AnswersAfterwards = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    [Fact]
    public Task While_a_killed_owner_is_replaced_every_search_is_answered_rightly_or_with_503() =>
        SearchDuringAsync("taken over", async cluster =>
        {
            await (await cluster.FindOwnerAsync()).KillAsync();
            await cluster.FindOwnerAsync();
        });

    [Fact]
    public Task While_the_owner_hangs_every_search_is_answered_rightly_or_with_503() =>
        SearchDuringAsync("owner hangs", async cluster =>
        {
            var owner = await cluster.FindOwnerAsync();
            owner.Pause();
            await Task.Delay(Pause);
            owner.Continue();
        });

    private async Task SearchDuringAsync(string mark, Func<ClusterProcesses, Task> disturb)
    {
        var cluster = await fixture.SpecialisedAsync();
        var export = ChatExport.Prototype(mark, 60);
        await cluster.Gateway.UploadUntilAnsweredAsync(export);

        var right = 0;
        using var enough = new CancellationTokenSource();
        var searching = Enumerable.Range(0, Clients).Select(client => SearchAsync(client)).ToArray();
        await disturb(cluster);
        var goal = Volatile.Read(ref right) + AnswersAfterwards;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Volatile.Read(ref right) < goal && searching.All(search => !search.IsFaulted))
            await Task.Delay(20, patience.Token);
        await enough.CancelAsync();
        await Task.WhenAll(searching);

        async Task SearchAsync(int next)
        {
            while (!enough.IsCancellationRequested)
            {
                var text = export.Texts[next++ % export.Texts.Count];
                if (await cluster.Gateway.FindAsync(text) is not { } found)
                    continue;
                Assert.Equal(text, found);
                Interlocked.Increment(ref right);
            }
        }
    }
}
