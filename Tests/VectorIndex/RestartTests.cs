using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class RestartTests
{
    [Fact]
    public async Task After_a_clean_stop_the_snapshot_holds_every_message()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("one", TestOwner.Texts(100, "hello"));
        await owner.Grain.StopAsync(default);

        var reading = IndexSnapshot.Read(owner.Snapshot, TestOwner.Dimension);

        Assert.True(reading.Usable);
        Assert.Equal((100, 100), (reading.Index.Count, reading.Stamp.Count));
        reading.Index.Dispose();
    }

    [Fact]
    public async Task What_was_answered_survives_a_kill_and_the_file_goes_on_where_it_was()
    {
        await using var killed = await TestOwner.StartAsync();
        var upload = await killed.OpenAsync("one");
        await killed.AddAsync(await killed.ClaimAsync(), 0, "a", "b");

        await using var owner = await killed.KillAsync();

        Assert.Equal(2, await owner.SizeAsync());
        var claim = await owner.ClaimAsync(await owner.Queue.NextAsync());
        Assert.Equal((FileClaimOutcome.Granted, 2), (claim.Outcome, claim.NextOrdinal));
        await owner.AddAsync(claim.Key!, 2, "c");
        await owner.FinishAsync(claim.Key!, 3);
        Assert.Equal(3, (await owner.EndAsync(upload)).Labels.Length);
        Assert.Equal(["a", "b", "c"], (await owner.SearchAsync("a")).Select(h => h.Text).Order());
    }

    [Fact]
    public async Task Where_parsers_outlive_the_owner_their_claims_do()
    {
        await using var killed = await TestOwner.StartAsync(parsersOutlive: true);
        await killed.OpenAsync("one");
        var claim = await killed.ClaimAsync();

        await using var owner = await killed.KillAsync();

        await owner.Log.SaysAsync("0 files wait to be read");
        Assert.True(owner.Queue.IsEmpty);
        Assert.Equal(FileClaimOutcome.Held, (await owner.ClaimAsync(new FileJob(claim.FileId))).Outcome);
        Assert.True(await owner.Grain.RenewClaimAsync(claim, 1, default));
        Assert.Equal(AddOutcome.Added, await owner.AddAsync(claim, 0, "a"));
        await owner.FinishAsync(claim, 1);
    }

    [Fact]
    public async Task An_upload_whose_patterns_were_not_found_yet_is_ended_by_the_next_start()
    {
        await using var killed = await TestOwner.StartAsync();
        var upload = await killed.ImportAsync("one", "a", "b");
        killed.Sql("UPDATE uploads SET state = 'processing', ended_at = NULL, labels = NULL");
        killed.Sql("DELETE FROM pattern_examples");
        killed.Sql("DELETE FROM patterns");

        await using var owner = await killed.KillAsync();

        Assert.Equal(2, (await owner.EndAsync(upload)).Labels.Length);
    }

    [Fact]
    public async Task Duplicates_that_waited_when_it_was_killed_are_linked_later()
    {
        await using var killed = await TestOwner.StartAsync();
        var upload = await killed.OpenAsync("same", "same");

        await using var owner = await killed.KillAsync();
        await owner.ReadNextAsync("a");

        Assert.Equal(upload, (await owner.EndAsync(upload)).Files[1].DuplicateOf);
        Assert.True(owner.Queue.IsEmpty);
    }

    [Fact]
    public async Task A_killed_owner_replays_the_tail_onto_its_last_snapshot_as_if_it_were_rebuilt()
    {
        await using var killed = await TestOwner.StartAsync();
        await killed.ImportAsync("old", TestOwner.Texts(20, "old"));
        await killed.OpenAsync("ids", "bad");
        await killed.AddAsync(await killed.ClaimAsync(), TestOwner.Message(0, "draft", "c", "1"));
        await killed.AddAsync(await killed.ClaimAsync(), 0, "taken back");
        await killed.RestartAsync();

        // An update, an insert, deletions of what the snapshot has and has not, and another file.
        await killed.AddAsync(await killed.ClaimAsync(), TestOwner.Message(1, "final", "c", "1"), TestOwner.Message(2, "more", "c", "2"));
        var bad = await killed.ClaimAsync();
        await killed.AddAsync(bad, 1, "taken back too");
        await killed.Grain.FailFileAsync(bad, new(FileErrorKind.Damaged, "bad"), default);
        await killed.ImportAsync("new", TestOwner.Texts(20, "new"));

        var live = await AnswersAsync(killed);
        var replayed = await AnswersAsync(killed, usesSnapshot: true);
        File.Delete(killed.Snapshot);
        var rebuilt = await AnswersAsync(killed, usesSnapshot: false);

        Assert.Equal(live, replayed);
        Assert.Equal(live, rebuilt);
    }

    [Fact]
    public async Task A_snapshot_cut_short_is_rebuilt() => await AssertRebuiltAsync(async owner =>
    {
        await using var file = File.OpenWrite(owner.Snapshot);
        file.SetLength(file.Length / 2);
    });

    [Fact]
    public async Task A_snapshot_with_a_flipped_bit_is_rebuilt() => await AssertRebuiltAsync(async owner =>
    {
        var bytes = await File.ReadAllBytesAsync(owner.Snapshot);
        bytes[bytes.Length / 3] ^= 1;
        await File.WriteAllBytesAsync(owner.Snapshot, bytes);
    });

    [Fact]
    public async Task A_missing_snapshot_is_rebuilt() => await AssertRebuiltAsync(owner =>
    {
        File.Delete(owner.Snapshot);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task A_snapshot_replaced_by_any_file_is_rebuilt() =>
        await AssertRebuiltAsync(owner => File.WriteAllTextAsync(owner.Snapshot, "not an index"));

    [Fact]
    public async Task A_snapshot_of_another_database_is_rebuilt_even_where_all_numbers_agree() => await AssertRebuiltAsync(async owner =>
    {
        await using var other = await TestOwner.StartAsync();
        await other.ImportAsync("one", TestOwner.Texts(30, "other"));
        await other.Grain.StopAsync(default);
        File.Copy(other.Snapshot, owner.Snapshot, overwrite: true);
    });

    [Fact]
    public async Task A_snapshot_that_differs_in_count_is_rebuilt() => await AssertRebuiltAsync(
        owner =>
        {
            // As if another hand had been at the database.
            foreach (var table in (string[])["links", "vectors"])
                owner.Sql($"DELETE FROM {table} WHERE message = 5");
            owner.Sql("DELETE FROM messages WHERE id = 5");
            return Task.CompletedTask;
        },
        messages: 29);

    [Fact]
    public async Task A_snapshot_newer_than_a_restored_database_is_rebuilt()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("one", TestOwner.Texts(30, "hello"));
        await owner.RestartAsync();
        await owner.Grain.StopAsync(default);
        var backup = await File.ReadAllBytesAsync(owner.Database);
        await owner.RestartAsync();
        await owner.ImportAsync("two", TestOwner.Texts(5, "lost with the restoring"));
        await owner.Grain.StopAsync(default);
        await File.WriteAllBytesAsync(owner.Database, backup);

        await using var restored = await owner.KillAsync();

        Assert.Equal(30, await restored.SizeAsync());
        Assert.All(await restored.SearchAsync("lost with the restoring 1", 30), h => Assert.StartsWith("hello", h.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_changes_bring_a_snapshot_while_it_runs()
    {
        var options = new VectorIndexOptions { SnapshotChanges = 10, SnapshotShare = 0 };
        await using var owner = await TestOwner.StartAsync(options: options);
        await owner.ImportAsync("one", TestOwner.Texts(30, "hello"));
        await owner.Log.SaysAsync("Wrote the index's snapshot");

        await using var other = await owner.KillAsync();

        Assert.Equal(30, await other.SizeAsync());
        Assert.True(other.Log.Contains("read from its snapshot"));
    }

    [Fact]
    public async Task A_second_owner_is_refused_by_the_name_of_the_first()
    {
        await using var owner = await TestOwner.StartAsync();
        var second = owner.NewGrain();

        var refusal = await Assert.ThrowsAsync<DataDirectoryHeldException>(() => second.StartAsync(default));

        Assert.Contains(owner.Folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{Environment.MachineName}, process {Environment.ProcessId}, since 2026-01-02", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await owner.SizeAsync());
        await owner.Grain.StopAsync(default);
        await second.StartAsync(default);
        await second.StopAsync(default);
    }

    [Theory]
    [InlineData("no database at all, but a long enough text to be looked at as one, which takes a hundred bytes of it or more")]
    [InlineData("")]
    public async Task A_damaged_database_is_refused_by_name(string startsWith)
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("one", TestOwner.Texts(200, "hello"));
        await owner.Grain.StopAsync(default);
        var bytes = await File.ReadAllBytesAsync(owner.Database);
        if (startsWith.Length > 0)
            System.Text.Encoding.ASCII.GetBytes(startsWith).CopyTo(bytes, 0);
        else
            bytes.AsSpan(4096).Fill(0x5A);
        await File.WriteAllBytesAsync(owner.Database, bytes);

        var refusal = await Assert.ThrowsAsync<DamagedDatabaseException>(owner.RestartAsync);

        Assert.Contains(owner.Database, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task AssertRebuiltAsync(Func<TestOwner, Task> harm, int messages = 30)
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("one", TestOwner.Texts(30, "hello"));
        await owner.Grain.StopAsync(default);
        await harm(owner);

        await using var rebuilt = await owner.KillAsync();
        Assert.Equal(messages, await rebuilt.SizeAsync());
        Assert.True(rebuilt.Log.Contains("rebuilt from the database"));
        Assert.Equal(1, (await rebuilt.SearchAsync("hello 7", 1))[0].Score, 1e-3f);

        await rebuilt.Grain.StopAsync(default);
        await using var next = await rebuilt.KillAsync();
        Assert.True(next.Log.Contains("read from its snapshot"));
    }

    /// <summary>What a copy of the owner as it is now answers to some searches, or the owner itself.</summary>
    private static async Task<List<string>> AnswersAsync(TestOwner of, bool? usesSnapshot = null)
    {
        await using var copy = usesSnapshot is null ? null : await of.KillAsync();
        if (usesSnapshot is { } expected)
            Assert.Equal(expected, copy!.Log.Contains("read from its snapshot"));
        var owner = copy ?? of;
        var answers = new List<string> { $"{await owner.SizeAsync()}" };
        foreach (var query in (string[])["old 3", "new 7", "draft", "final", "more", "taken back"])
            answers.AddRange((await owner.SearchAsync(query, 10)).Select(h => $"{query}: {h.MessageId} {h.Text} {h.Score}"));
        return answers;
    }
}
