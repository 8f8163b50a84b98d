using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class ClaimTests
{
    private static readonly TimeSpan Lease = new VectorIndexOptions().Lease;

    [Fact]
    public async Task A_file_is_handed_out_and_claimed_with_what_the_parser_needs()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");

        var claim = await owner.ClaimAsync(await owner.Queue.NextAsync());

        Assert.Equal(FileClaimOutcome.Granted, claim.Outcome);
        Assert.Equal("one.json", claim.File!.Name);
        Assert.Equal(0, claim.NextOrdinal);
        Assert.Equal(Lease, claim.Lease);
    }

    [Fact]
    public async Task Files_are_handed_out_in_their_order()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("a", "b", "c");
        await owner.OpenAsync("d");

        var jobs = new List<long>();
        for (var i = 0; i < 4; i++)
            jobs.Add((await owner.Queue.NextAsync()).FileId);

        Assert.Equal(jobs.Order(), jobs);
    }

    [Fact]
    public async Task Opening_an_upload_again_changes_nothing()
    {
        await using var owner = await TestOwner.StartAsync();
        var opening = new UploadOpening(new string('1', 32), [new("a", "1/a", 1, new string('f', 64))], 5, false);

        await owner.Grain.OpenUploadAsync(opening, default);
        await owner.Grain.OpenUploadAsync(opening, default);

        Assert.Equal(1, owner.Sql("SELECT count(*) FROM files"));
    }

    [Fact]
    public async Task A_file_that_is_held_is_given_to_nobody_else()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var held = await owner.ClaimAsync();

        Assert.Equal(FileClaimOutcome.Held, (await owner.ClaimAsync(new FileJob(held.FileId))).Outcome);
    }

    [Fact]
    public async Task Who_asks_again_because_the_answer_was_lost_gets_the_same_claim_and_no_try_is_counted()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var job = await owner.Queue.NextAsync() with { HolderGone = true };
        await owner.Grain.ClaimFileAsync(job, "before", default);
        var claim = await owner.Grain.ClaimFileAsync(job, "me", default);

        for (var i = 0; i < 5; i++)
            Assert.Equal(claim, await owner.Grain.ClaimFileAsync(job, "me", default));

        Assert.Equal(2, owner.Sql("SELECT tries FROM files"));
        owner.Time.Advance(Lease * 0.9);
        await owner.Grain.ClaimFileAsync(job, "me", default);
        owner.Time.Advance(Lease * 0.9);
        Assert.Equal(FileClaimOutcome.Held, (await owner.Grain.ClaimFileAsync(job with { HolderGone = false }, "other", default)).Outcome);
        Assert.Equal(AddOutcome.Added, await owner.AddAsync(claim.Key!, 0, "hello"));
        await owner.Grain.HandBackFileAsync(claim.Key!, default);
        Assert.NotEqual(claim.Key, (await owner.Grain.ClaimFileAsync(job, "me", default)).Key);
    }

    [Fact]
    public async Task A_file_that_is_handed_back_waits_behind_the_others_and_goes_on_where_it_was()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("long", "short");
        var first = await owner.ClaimAsync();
        await owner.AddAsync(first, 0, "hello", "there");

        Assert.True(await owner.Grain.HandBackFileAsync(first, default));

        Assert.False(await owner.Grain.RenewClaimAsync(first, null, default));
        Assert.Equal(AddOutcome.Superseded, await owner.AddAsync(first, 2, "late"));
        Assert.False(await owner.Grain.HandBackFileAsync(first, default));
        Assert.NotEqual(first.FileId, (await owner.Queue.NextAsync()).FileId);
        var again = await owner.ClaimAsync(await owner.Queue.NextAsync());
        Assert.Equal((first.FileId, 2L), (again.Key!.FileId, again.NextOrdinal));
        Assert.Equal(AddOutcome.Added, await owner.AddAsync(again.Key, 2, "on time"));
    }

    [Fact]
    public async Task A_turn_that_added_nothing_is_no_try()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("slow");
        for (var turn = 0; turn < 10; turn++)
            Assert.True(await owner.Grain.HandBackFileAsync(await owner.ClaimAsync(), default));
        await owner.ReadNextAsync("at last");
        Assert.Equal(UploadState.Succeeded, (await owner.EndAsync(upload)).State);
    }

    [Fact]
    public async Task A_file_whose_holder_is_gone_is_given_away_and_the_old_claim_is_refused()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var old = await owner.ClaimAsync();
        await owner.AddAsync(old, 0, "hello", "there");

        var taken = await owner.ClaimAsync(new FileJob(old.FileId, HolderGone: true));

        Assert.Equal(FileClaimOutcome.Granted, taken.Outcome);
        Assert.Equal(2, taken.NextOrdinal);
        Assert.Equal(AddOutcome.Superseded, await owner.AddAsync(old, 2, "late"));
        Assert.False(await owner.Grain.RenewClaimAsync(old, null, default));
        Assert.False(await owner.Grain.FinishFileAsync(old, TestOwner.Report(2), default));
        Assert.False(await owner.Grain.FailFileAsync(old, new(FileErrorKind.Damaged, "bad"), default));
        Assert.Equal(AddOutcome.Added, await owner.AddAsync(taken.Key!, 2, "on time"));
        Assert.Equal(3, await owner.SizeAsync());
    }

    [Fact]
    public async Task A_file_whose_lease_ran_out_is_handed_out_again()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var old = await owner.ClaimAsync();

        owner.Time.Advance(Lease);
        var next = await owner.ClaimAsync();

        Assert.Equal(old with { Number = old.Number + 1 }, next);
    }

    [Fact]
    public async Task Adding_and_renewing_keep_a_lease()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();
        var job = new FileJob(claim.FileId);

        owner.Time.Advance(Lease * 0.9);
        await owner.AddAsync(claim, 0, "hello");
        owner.Time.Advance(Lease * 0.9);
        Assert.Equal(FileClaimOutcome.Held, (await owner.ClaimAsync(job)).Outcome);
        Assert.True(await owner.Grain.RenewClaimAsync(claim, 7, default));
        owner.Time.Advance(Lease * 0.9);
        Assert.Equal(FileClaimOutcome.Held, (await owner.ClaimAsync(job)).Outcome);
    }

    [Fact]
    public async Task A_late_parser_may_go_on_as_long_as_nobody_else_has_claimed_its_file()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();
        owner.Time.Advance(Lease);
        var job = await owner.Queue.NextAsync();

        Assert.Equal(AddOutcome.Added, await owner.AddAsync(claim, 0, "hello"));
        Assert.Equal(FileClaimOutcome.Held, (await owner.ClaimAsync(job)).Outcome);
    }

    [Fact]
    public async Task After_three_tries_that_added_nothing_a_file_is_abandoned_and_its_neighbour_goes_on()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("poison", "good");
        var poison = await owner.Queue.NextAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(FileClaimOutcome.Granted, (await owner.ClaimAsync(poison with { HolderGone = true })).Outcome);

        Assert.Equal(FileClaimOutcome.Ended, (await owner.ClaimAsync(poison with { HolderGone = true })).Outcome);
        await owner.ReadNextAsync("hello");

        var status = await owner.EndAsync(upload);
        Assert.Equal(UploadState.Succeeded, status.State);
        Assert.Equal(FileErrorKind.Abandoned, status.Files[0].Error!.Kind);
        Assert.Equal(UploadState.Succeeded, status.Files[1].State);
    }

    [Fact]
    public async Task A_clean_stop_of_an_owner_that_parsers_outlive_leaves_them_their_files()
    {
        await using var owner = await TestOwner.StartAsync(parsersOutlive: true);
        await owner.OpenAsync("long");
        var claim = await owner.ClaimAsync();

        await owner.RestartAsync();

        Assert.Equal(AddOutcome.Added, await owner.AddAsync(claim, 0, "hello"));
    }

    [Fact]
    public async Task Tries_are_counted_anew_where_something_was_added()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("long");
        var job = await owner.Queue.NextAsync() with { HolderGone = true };
        for (var i = 0; i < 6; i++)
        {
            var claim = await owner.ClaimAsync(job);
            Assert.Equal(FileClaimOutcome.Granted, claim.Outcome);
            if (i % 2 == 1)
                await owner.AddAsync(claim.Key!, claim.NextOrdinal, $"message {i}");
        }
    }

    [Fact]
    public async Task A_file_that_has_ended_or_never_was_is_not_given()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var job = await owner.Queue.NextAsync();
        var claim = (await owner.ClaimAsync(job)).Key!;
        await owner.FinishAsync(claim, 0);

        Assert.Equal(FileClaimOutcome.Ended, (await owner.ClaimAsync(job)).Outcome);
        Assert.Equal(FileClaimOutcome.Ended, (await owner.ClaimAsync(new FileJob(4711))).Outcome);
    }

    [Fact]
    public async Task Finishing_twice_is_answered_as_finishing_once()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();

        await owner.FinishAsync(claim, 0);
        await owner.FinishAsync(claim, 0);

        Assert.False(await owner.Grain.FailFileAsync(claim, new(FileErrorKind.Damaged, "bad"), default));
    }
}
