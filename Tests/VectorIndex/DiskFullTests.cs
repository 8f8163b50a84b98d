using System.Globalization;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class DiskFullTests
{
    [Fact]
    public async Task A_batch_without_space_fails_whole_and_can_be_sent_again_when_there_is_space()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();
        await owner.AddAsync(claim, 0, "before");
        var texts = TestOwner.Texts(500, new string('x', 200));
        await LimitAsync(owner, pages: 0);

        var failure = await Assert.ThrowsAsync<IndexWriteException>(() => owner.AddAsync(claim, 1, texts));

        Assert.True(failure.DiskFull);
        Assert.Contains(owner.Database, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, await owner.SizeAsync());
        Assert.Equal("before", Assert.Single(await owner.SearchAsync("before")).Text);

        await LimitAsync(owner, pages: 1_000_000);
        Assert.Equal(AddOutcome.Added, await owner.AddAsync(claim, 1, texts));
        await owner.FinishAsync(claim, 501);
        Assert.Equal(501, (await owner.EndAsync(upload)).Labels.Length);
        Assert.Equal(501, owner.Sql("SELECT last_change FROM state"));
    }

    [Fact]
    public async Task A_file_is_not_given_up_while_the_disk_is_full()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one");
        var job = await owner.Queue.NextAsync() with { HolderGone = true };
        var texts = TestOwner.Texts(500, new string('x', 200));
        await LimitAsync(owner, pages: 0);
        for (var i = 0; i < 5; i++)
        {
            var tried = await owner.ClaimAsync(job);
            await Assert.ThrowsAsync<IndexWriteException>(() => owner.AddAsync(tried.Key!, 0, texts));
        }

        await LimitAsync(owner, pages: 1_000_000);
        var claim = await owner.ClaimAsync(job);
        await owner.AddAsync(claim.Key!, 0, texts);
        await owner.FinishAsync(claim.Key!, 500);

        Assert.Equal(UploadState.Succeeded, (await owner.EndAsync(upload)).State);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_written_leaves_the_one_before_and_a_warning()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("one", "a");
        await owner.RestartAsync();
        await owner.ImportAsync("two", "b");
        Directory.CreateDirectory(owner.Snapshot + ".new");

        await owner.Grain.StopAsync(default);

        Assert.True(owner.Log.Contains("could not be written"));
        Directory.Delete(owner.Snapshot + ".new");
        await using var next = await owner.KillAsync();
        Assert.True(next.Log.Contains("Index of 2 vectors read from its snapshot, 1 changes"));
    }

    // PRAGMA max_page_count never goes below what the database has: 0 means not one page more.
    private static Task<bool> LimitAsync(TestOwner owner, int pages) => owner.Grain.Owner.Writes.RunAsync(transaction =>
    {
        var least = transaction.Database.Integer("PRAGMA page_count")!.Value;
        transaction.Database.Execute($"PRAGMA max_page_count = {Math.Max(least, pages).ToString(CultureInfo.InvariantCulture)}");
        return true;
    });
}
