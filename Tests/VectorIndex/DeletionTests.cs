using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class DeletionTests
{
    [Fact]
    public async Task A_deleted_upload_leaves_nothing_that_no_other_holds()
    {
        await using var owner = await TestOwner.StartAsync();
        var gone = await owner.ImportAsync("gone", "a", "b");
        await owner.ImportAsync("stays", "c");

        Assert.True(await owner.Grain.DeleteUploadAsync(gone, default));
        Assert.False(await owner.Grain.DeleteUploadAsync(gone, default));

        Assert.Null(await owner.Grain.WaitForUploadAsync(gone, TimeSpan.Zero, default));
        Assert.Equal("c", Assert.Single(await owner.SearchAsync("a")).Text);
        Assert.Equal(1, await owner.SizeAsync());
        foreach (var table in (string[])["uploads", "files", "messages", "vectors", "links", "conversations"])
            Assert.Equal(1, owner.Sql($"SELECT count(*) FROM {table}"));
    }

    [Fact]
    public async Task Deleted_texts_are_in_no_file_any_more()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("stays", TestOwner.Texts(50, "harmless"));
        var upload = await owner.OpenAsync("holds secrets");
        var claim = await owner.ClaimAsync();
        await owner.AddAsync(claim, Enumerable.Range(0, 200).Select(i => new ParsedMessage(
            i, new(0, "test", "c", "confidential title"), $"{i}", "mallory", null, null, $"secret {i} {new string('s', i * 40)}")).ToArray());
        await owner.FinishAsync(claim, 200);
        await owner.EndAsync(upload);
        Assert.NotEmpty(FilesWith(owner, "secret 17"));

        await owner.Grain.DeleteUploadAsync(upload, default);
        await owner.Log.SaysAsync("Wrote the index's snapshot");

        foreach (var text in (string[])["secret 17", "secret 199", "ssssssss", "confidential title", "mallory", "holds secrets"])
            Assert.Empty(FilesWith(owner, text));
        Assert.NotEmpty(FilesWith(owner, "harmless 7"));
    }

    [Fact]
    public async Task What_a_failed_file_brought_is_in_no_file_any_more()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();
        await owner.AddAsync(claim, 0, "a secret");

        await owner.Grain.FailFileAsync(claim, new(FileErrorKind.Damaged, "bad"), default);

        Assert.Empty(FilesWith(owner, "a secret"));
    }

    [Fact]
    public async Task Deleted_vectors_leave_the_snapshot()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("stays", "a");
        var gone = await owner.ImportAsync("gone", "b");
        await owner.RestartAsync();

        await owner.Grain.DeleteUploadAsync(gone, default);
        await owner.Log.SaysAsync("Wrote the index's snapshot, up to change 3");

        await using var other = await owner.KillAsync();
        Assert.True(other.Log.Contains("Index of 1 vectors read from its snapshot, 0 changes"));
    }

    [Fact]
    public async Task An_upload_that_is_running_can_be_deleted()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one", "two");
        var claim = await owner.ClaimAsync();
        await owner.AddAsync(claim, 0, "a");
        var waiting = owner.EndAsync(upload);

        await owner.Grain.DeleteUploadAsync(upload, default);

        Assert.Null(await waiting);
        Assert.Equal(AddOutcome.Superseded, await owner.AddAsync(claim, 1, "b"));
        Assert.False(await owner.Grain.FinishFileAsync(claim, TestOwner.Report(1), default));
        Assert.Equal(FileClaimOutcome.Ended, (await owner.ClaimAsync(await owner.Queue.NextAsync())).Outcome);
        Assert.Equal(0, await owner.SizeAsync());
        Assert.False(Directory.Exists(Path.Combine(owner.Storage.UploadDirectory, upload)));
    }

    [Fact]
    public async Task A_file_number_is_never_given_again()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();
        await owner.Grain.DeleteUploadAsync(upload, default);
        await owner.OpenAsync("two");
        var next = await owner.ClaimAsync();

        Assert.NotEqual(claim.FileId, next.FileId);
    }

    [Fact]
    public async Task A_change_number_is_never_given_again()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.Grain.DeleteUploadAsync(await owner.ImportAsync("one", "a", "b"), default);
        await owner.RestartAsync();
        await owner.ImportAsync("two", "c");

        Assert.Equal(5, owner.Sql("SELECT change FROM messages"));
    }

    [Fact]
    public async Task An_index_that_became_empty_leaves_no_snapshot()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.ImportAsync("one", "a");
        await owner.RestartAsync();
        Assert.True(File.Exists(owner.Snapshot));

        await owner.Grain.DeleteUploadAsync(upload, default);
        await owner.RestartAsync();

        Assert.False(File.Exists(owner.Snapshot));
        Assert.Equal(0, await owner.SizeAsync());
    }

    private static IEnumerable<string> FilesWith(TestOwner owner, string text) =>
        Directory.GetFiles(owner.Folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "index.lock" && ReadShared(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
