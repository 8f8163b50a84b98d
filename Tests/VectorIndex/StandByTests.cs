using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class StandByTests
{
    [Fact]
    public async Task A_stand_by_refuses_all_calls_until_the_owner_is_gone_and_then_answers_as_it_would_have()
    {
        await using var owner = await TestOwner.StartAsync(parsersOutlive: true);
        await owner.ImportAsync("one", "hello");
        var next = owner.NewGrain();
        var standingBy = next.StandByAsync(default);
        await owner.Log.SaysAsync($"Stands by: {owner.Folder} is in use by {Environment.MachineName}, process {Environment.ProcessId}");

        Assert.False(next.IsOwner);
        await Assert.ThrowsAnyAsync<UnavailableException>(() => next.GetStatusAsync(default));
        await owner.OpenAsync("two");
        var claim = await owner.ClaimAsync();
        await owner.AddAsync(claim, 0, "there");
        await owner.Grain.StopAsync(default);
        await AdvanceUntilAsync(owner, standingBy);

        Assert.True(next.IsOwner);
        Assert.True(owner.Log.Contains($"Takes {owner.Folder} over"));
        Assert.Equal(2, (await next.GetStatusAsync(default)).Size);
        Assert.True(await next.RenewClaimAsync(claim, null, default));
        Assert.True(await next.FinishFileAsync(claim, TestOwner.Report(1), default));
        await next.StopAsync(default);
        Assert.False(next.IsOwner);
    }

    [Theory]
    [InlineData(false, "Index of 40 vectors read from its snapshot, 20 changes since then replayed")]
    [InlineData(true, "Index of 40 vectors read from its snapshot, 0 changes since then replayed")]
    public async Task The_snapshot_that_a_stand_by_holds_ready_is_brought_up_to_date_or_a_newer_one_read(bool newer, string says)
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("old", TestOwner.Texts(20, "old"));
        await owner.RestartAsync();
        var next = owner.NewGrain();
        var standingBy = next.StandByAsync(default);
        await owner.Log.SaysAsync("Holds the index's newest snapshot ready");
        await owner.ImportAsync("new", TestOwner.Texts(20, "new"));

        // Nothing else can be written or read where there is no newer one.
        if (!newer)
            Directory.CreateDirectory(owner.Snapshot + ".new");
        await owner.Grain.StopAsync(default);
        if (!newer)
            File.Delete(owner.Snapshot);
        await AdvanceUntilAsync(owner, standingBy);

        Assert.True(owner.Log.Contains(says));
        var query = new SearchQuery(TestOwner.Model, TestOwner.Vectors(TestOwner.Dimension, ["new 7"]).Values, 1);
        Assert.Equal("new 7", (await next.SearchAsync(query, default)).Hits[0].Text);
        await next.StopAsync(default);
    }

    [Fact]
    public async Task A_stand_by_opens_no_database()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.Grain.StopAsync(default);
        File.Delete(owner.Database);
        var next = owner.NewGrain();
        Task standingBy;
        using (OwnerLock.Take(owner.Folder, owner.Time))
        {
            standingBy = next.StandByAsync(default);
            await owner.Log.SaysAsync("Stands by");
            for (var i = 0; i < 30; i++)
            {
                owner.Time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Delay(1);
            }

            Assert.False(File.Exists(owner.Database));
        }

        await AdvanceUntilAsync(owner, standingBy);
        Assert.True(File.Exists(owner.Database));
        await next.StopAsync(default);
    }

    [Fact]
    public async Task Standing_by_can_be_ended()
    {
        await using var owner = await TestOwner.StartAsync();
        using var end = new CancellationTokenSource();
        var next = owner.NewGrain();
        var standingBy = next.StandByAsync(end.Token);
        await owner.Log.SaysAsync("Stands by");

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => standingBy.WaitAsync(TimeSpan.FromSeconds(20)));
        await next.StopAsync(default);
    }

    private static async Task AdvanceUntilAsync(TestOwner owner, Task done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!done.IsCompleted)
        {
            owner.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, patience.Token);
        }

        await done;
    }
}
