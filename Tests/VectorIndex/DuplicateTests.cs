using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class DuplicateTests
{
    [Fact]
    public async Task A_file_imported_before_is_linked_and_not_read_again()
    {
        await using var owner = await TestOwner.StartAsync();
        var first = await owner.ImportAsync("same", "a", "b", "c");

        var second = await owner.OpenAsync("same");

        var status = await owner.EndAsync(second);
        Assert.True(owner.Queue.IsEmpty);
        Assert.Equal(3, await owner.SizeAsync());
        var file = Assert.Single(status.Files);
        Assert.Equal((UploadState.Succeeded, first, 3), (file.State, file.DuplicateOf, file.MessagesDone));
        Assert.Equal(TestOwner.Report(3).Skipped, file.Report!.Skipped);
        Assert.Equal((await owner.StatusAsync(first)).Labels.ToArray(), status.Labels.ToArray());
    }

    [Fact]
    public async Task Of_two_equal_files_in_one_upload_the_second_waits_and_is_linked()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("same", "same");
        await owner.ReadNextAsync("a", "b");

        var status = await owner.EndAsync(upload);

        Assert.True(owner.Queue.IsEmpty);
        Assert.Equal([null, upload], status.Files.Select(f => f.DuplicateOf));
        Assert.Equal(2, await owner.SizeAsync());
        var labels = status.Labels.ToArray();
        Assert.Equal(4, labels.Length);
        Assert.Equal(labels[..2], labels[2..]);
    }

    [Fact]
    public async Task A_file_that_is_being_read_is_waited_for()
    {
        await using var owner = await TestOwner.StartAsync();
        var first = await owner.OpenAsync("same");
        var claim = await owner.ClaimAsync();
        var second = await owner.OpenAsync("same");
        Assert.Equal(UploadState.Enqueued, (await owner.StatusAsync(second)).Files[0].State);
        Assert.True(owner.Queue.IsEmpty);

        await owner.AddAsync(claim, 0, "a");
        await owner.FinishAsync(claim, 1);

        Assert.Equal(first, (await owner.EndAsync(second)).Files[0].DuplicateOf);
    }

    [Fact]
    public async Task Where_the_first_fails_the_next_is_read_and_the_others_wait_for_it()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("same");
        var second = await owner.OpenAsync("same");
        var third = await owner.OpenAsync("same");
        await owner.Grain.FailFileAsync(await owner.ClaimAsync(), new(FileErrorKind.Unreadable, "gone"), default);

        await owner.ReadNextAsync("a");

        Assert.Null((await owner.EndAsync(second)).Files[0].DuplicateOf);
        Assert.Equal(second, (await owner.EndAsync(third)).Files[0].DuplicateOf);
        Assert.True(owner.Queue.IsEmpty);
    }

    [Fact]
    public async Task What_is_no_chat_is_read_once_and_refused_for_all_who_wait_for_it()
    {
        await using var owner = await TestOwner.StartAsync();
        var first = await owner.OpenAsync("bad", "bad", "good");
        var second = await owner.OpenAsync("bad");
        var damaged = new FileError(FileErrorKind.Damaged, "not JSON", "line 1");

        await owner.Grain.FailFileAsync(await owner.ClaimAsync(), damaged, default);
        await owner.ReadNextAsync("a");

        Assert.Equal([damaged, damaged, null], (await owner.EndAsync(first)).Files.Select(f => f.Error));
        var other = await owner.EndAsync(second);
        Assert.Equal((UploadState.Failed, damaged), (other.State, other.Files[0].Error));
        Assert.True(owner.Queue.IsEmpty);
    }

    [Fact]
    public async Task Where_the_first_is_deleted_while_it_is_read_the_next_is_read()
    {
        await using var owner = await TestOwner.StartAsync();
        var first = await owner.OpenAsync("same");
        await owner.ClaimAsync();
        var second = await owner.OpenAsync("same");

        await owner.Grain.DeleteUploadAsync(first, default);
        await owner.ReadNextAsync("a");

        Assert.Null((await owner.EndAsync(second)).Files[0].DuplicateOf);
    }

    [Fact]
    public async Task A_file_whose_upload_was_deleted_is_read_again()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.Grain.DeleteUploadAsync(await owner.ImportAsync("same", "a"), default);

        var second = await owner.ImportAsync("same", "a");

        Assert.Null((await owner.StatusAsync(second)).Files[0].DuplicateOf);
        Assert.Equal(1, await owner.SizeAsync());
    }

    [Fact]
    public async Task A_duplicate_keeps_the_messages_when_the_first_is_deleted()
    {
        await using var owner = await TestOwner.StartAsync();
        var first = await owner.ImportAsync("same", "a", "b");
        var second = await owner.OpenAsync("same");
        await owner.EndAsync(second);

        await owner.Grain.DeleteUploadAsync(first, default);

        Assert.Equal(2, await owner.SizeAsync());
        Assert.Equal(second, (await owner.SearchAsync("a", 1))[0].UploadId);
        await owner.Grain.DeleteUploadAsync(second, default);
        Assert.Equal(0, await owner.SizeAsync());
    }

    [Fact]
    public async Task Where_duplicates_are_allowed_everything_is_added_again()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("same");
        var claim = await owner.ClaimAsync();
        await owner.AddAsync(claim, TestOwner.Message(0, "a", "c", "1"));
        await owner.FinishAsync(claim, 1);

        var second = await owner.OpenAsync(2, allowDuplicates: true, "same", "same");
        for (var i = 0; i < 2; i++)
        {
            claim = await owner.ClaimAsync();
            await owner.AddAsync(claim, TestOwner.Message(0, "a", "c", "1"));
            await owner.FinishAsync(claim, 1);
        }

        Assert.All((await owner.EndAsync(second)).Files, f => Assert.Null(f.DuplicateOf));
        Assert.Equal(3, await owner.SizeAsync());
    }
}
