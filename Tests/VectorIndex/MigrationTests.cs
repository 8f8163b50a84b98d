using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class MigrationTests
{
    [Fact]
    public async Task A_database_of_the_first_schema_is_brought_to_the_present_one()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one");
        await owner.Queue.NextAsync();
        await owner.Grain.StopAsync(default);
        UndoThirdStep(owner);
        owner.Sql("ALTER TABLE uploads DROP COLUMN trace_parent");
        owner.Sql("ALTER TABLE files DROP COLUMN claimant");
        owner.Sql("PRAGMA user_version = 1");

        await owner.RestartAsync();

        await owner.ReadNextAsync("hello");
        Assert.Equal(UploadState.Succeeded, (await owner.EndAsync(upload)).State);
    }

    [Fact]
    public async Task A_database_of_the_second_schema_keeps_its_messages_and_reports_and_files_half_read()
    {
        await using var owner = await TestOwner.StartAsync();
        var read = await owner.ImportAsync("read", "hello", "there");
        var again = await owner.OpenAsync("read");
        await owner.EndAsync(again);
        var half = await owner.OpenAsync("half");
        await owner.AddAsync(await owner.ClaimAsync(), TestOwner.Message(0, "with id", "c", "1"));
        await owner.Grain.StopAsync(default);
        UndoThirdStep(owner);
        owner.Sql("""
            UPDATE files SET report = '{"format":"test","conversations":1,"messages":2,"skipped":{"empty":2}}' WHERE report IS NOT NULL
            """);

        await owner.RestartAsync();

        var report = (await owner.StatusAsync(read)).Files[0].Report!;
        Assert.Equivalent(TestOwner.Report(2) with { New = 2 }, report, strict: true);
        Assert.Equal(2, (await owner.StatusAsync(again)).Files[0].Report!.Unchanged);
        var claim = await owner.ClaimAsync(await owner.Queue.NextAsync());
        Assert.Equal((1, ReadingOptions.Default), (claim.NextOrdinal, claim.Reading));
        await owner.AddAsync(claim.Key!, TestOwner.Message(1, "with id", "c", "1"), TestOwner.Message(2, "more", "c", "2"));
        await owner.FinishAsync(claim.Key!, 3);
        Assert.Equal((2, 0, 1), RereadOwner.Counts((await owner.EndAsync(half)).Files[0].Report!));
        var query = new SearchQuery(TestOwner.Model, TestOwner.Vectors(TestOwner.Dimension, ["hello"]).Values, 9)
        {
            Filter = new(Participant: "ann"),
        };
        var hits = (await owner.Grain.SearchAsync(query, default)).Hits;
        Assert.Equal(["hello", "more", "there", "with id"], hits.Select(hit => hit.Text).Order());
    }

    [Fact]
    public async Task A_database_of_a_newer_schema_is_refused_untouched()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("one", "hello");
        await owner.Grain.StopAsync(default);
        owner.Sql("PRAGMA user_version = 4711");
        var before = await File.ReadAllBytesAsync(owner.Database);

        var refusal = await Assert.ThrowsAsync<NewerDatabaseException>(owner.RestartAsync);

        Assert.Contains("4711", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(owner.Database));
    }

    private static void UndoThirdStep(TestOwner owner)
    {
        foreach (var table in (string[])["participants", "continuations", "marks"])
            owner.Sql($"DROP TABLE {table}");
        foreach (var index in (string[])["messages_continued", "messages_by_filter"])
            owner.Sql($"DROP INDEX {index}");
        foreach (var column in (string[])["author_id", "zone", "reply_to", "attachments", "edited", "continued"])
            Drop("messages", column);
        foreach (var column in (string[])["added", "updated", "unchanged"])
            Drop("files", column);
        foreach (var column in (string[])["time_zone", "day_first", "format"])
            Drop("uploads", column);
        owner.Sql("PRAGMA user_version = 2");

        void Drop(string table, string column) => owner.Sql($"ALTER TABLE {table} DROP COLUMN {column}");
    }
}
