using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>The rows are the queue of truth: whatever a broker loses, they bring back, and nothing more.</summary>
public sealed class HandOutTests
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_job_that_could_not_be_handed_out_is_handed_out_later()
    {
        await using var owner = await TestOwner.StartAsync();
        owner.Queue.Fail(times: 1);
        await owner.OpenAsync("one", "two");
        var second = await owner.Queue.NextAsync();

        owner.Time.Advance(Look);

        Assert.Equal(second.FileId - 1, (await owner.Queue.NextAsync()).FileId);
    }

    [Fact]
    public async Task A_job_that_was_lost_is_handed_out_again()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var lost = await owner.Queue.NextAsync();

        owner.Time.Advance(Look * 2);

        Assert.Equal(lost, await owner.Queue.NextAsync());
    }

    [Fact]
    public async Task A_job_that_was_just_handed_out_may_be_on_its_way_and_is_not_handed_out_again()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        await owner.Queue.NextAsync();

        owner.Time.Advance(Look);

        await owner.Log.SaysAsync("1 files wait to be read, for which 0 jobs waited; 0 were handed out");
        Assert.True(owner.Queue.IsEmpty);
    }

    [Fact]
    public async Task As_many_are_handed_out_again_as_jobs_are_missing()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("a", "b", "c", "d");
        await owner.Queue.HoldsAsync(4);
        owner.Queue.Lose(jobs: 2);

        owner.Time.Advance(Look * 2);

        var jobs = new List<long>();
        for (var i = 0; i < 4; i++)
            jobs.Add((await owner.Queue.NextAsync()).FileId);
        Assert.Equal(jobs.Distinct().Count(), jobs.Count);
        Assert.True(owner.Queue.IsEmpty);
    }

    [Fact]
    public async Task A_new_owner_hands_nothing_out_that_still_waits_in_the_broker()
    {
        await using var killed = await TestOwner.StartAsync(parsersOutlive: true);
        await killed.OpenAsync("a", "b", "c");
        await killed.Queue.HoldsAsync(3);

        await using var owner = await killed.KillAsync();

        await owner.Log.SaysAsync("3 files wait to be read, for which 3 jobs waited; 0 were handed out");
        owner.Queue.Lose(jobs: 3);
        owner.Time.Advance(Look * 2);
        await owner.Queue.HoldsAsync(3);
    }

    [Fact]
    public async Task A_new_owner_brings_an_emptied_broker_all_that_waits()
    {
        await using var killed = await TestOwner.StartAsync(parsersOutlive: true);
        await killed.OpenAsync("a", "b", "c");
        await killed.Queue.HoldsAsync(3);
        killed.Queue.Lose(jobs: 3);

        await using var owner = await killed.KillAsync();

        await owner.Queue.HoldsAsync(3);
    }

    [Fact]
    public async Task A_broker_that_is_away_holds_no_start_back_and_gets_the_jobs_once_it_is_there()
    {
        await using var killed = await TestOwner.StartAsync(parsersOutlive: true);
        await killed.OpenAsync("a", "b");
        await killed.Queue.HoldsAsync(2);
        killed.Queue.Lose(jobs: 2);
        killed.Queue.FailCounts(times: 1);

        await using var owner = await killed.KillAsync();

        await owner.Log.SaysAsync("Looking after files failed");
        Assert.True(owner.Queue.IsEmpty);
        owner.Time.Advance(Look);
        await owner.Queue.HoldsAsync(2);
    }

    [Fact]
    public async Task A_job_carries_the_trace_of_its_upload_however_often_it_is_handed_out()
    {
        const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using var killed = await TestOwner.StartAsync();
        await killed.Grain.OpenUploadAsync(
            new UploadOpening(new string('1', 32), [new("a", "1/a", 1, new string('f', 64))], 5, false, Trace), default);
        var job = await killed.Queue.NextAsync();
        Assert.Equal(Trace, job.TraceParent);
        await killed.Grain.HandBackFileAsync((await killed.ClaimAsync(job)).Key!, default);
        Assert.Equal(Trace, (await killed.Queue.NextAsync()).TraceParent);

        await using var owner = await killed.KillAsync();

        Assert.Equal(Trace, (await owner.Queue.NextAsync()).TraceParent);
    }
}
