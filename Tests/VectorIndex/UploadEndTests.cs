using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class UploadEndTests
{
    [Fact]
    public async Task Labels_stand_in_the_order_of_files_and_then_messages()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("first", "second");
        var first = await owner.ClaimAsync();
        var second = await owner.ClaimAsync();

        // Added in another order, and in turns.
        await owner.AddAsync(second, 0, "x", "y");
        await owner.AddAsync(first, 0, "x");
        await owner.AddAsync(second, 2, "x");
        await owner.AddAsync(first, 1, "y", "y");
        await owner.FinishAsync(second, 3);
        await owner.FinishAsync(first, 3);

        var labels = (await owner.EndAsync(upload)).Labels.ToArray();
        var (x, y) = (labels[0], labels[1]);
        Assert.NotEqual(x, y);
        Assert.Equal([x, y, y, x, y, x], labels);
    }

    [Fact]
    public async Task Patterns_tell_sizes_and_distinct_examples_and_stay_the_same()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.ImportAsync("one", "x", "y", "x", "x", "");

        var status = await owner.StatusAsync(upload);
        Assert.Equal(5, status.Patterns.Sum(p => p.Size));
        Assert.Equal([0, 1], status.Patterns.Select(p => p.Label));
        var examples = status.Patterns.SelectMany(p => p.Examples).ToList();
        Assert.Equal(["x", "y"], examples.Select(e => e.Text).Order());
        Assert.All(examples, e => Assert.InRange(e.Similarity, -1, 1));

        await owner.RestartAsync();
        var again = await owner.StatusAsync(upload);
        Assert.Equal(status.Labels.ToArray(), again.Labels.ToArray());
        Assert.Equivalent(status.Patterns, again.Patterns);
        Assert.Equivalent(status.Files, again.Files);
    }

    [Fact]
    public async Task An_upload_tells_its_progress()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one", "two");
        Assert.Equal(UploadState.Enqueued, (await owner.StatusAsync(upload)).State);
        var created = owner.Time.GetUtcNow();
        owner.Time.Advance(TimeSpan.FromSeconds(2));

        var claim = await owner.ClaimAsync();
        await owner.Grain.RenewClaimAsync(claim, 9, default);
        await owner.AddAsync(claim, 0, "a", "b");

        var status = await owner.StatusAsync(upload);
        Assert.Equal((UploadState.Processing, created, created.AddSeconds(2)), (status.State, status.CreatedAt, status.StartedAt));
        Assert.Null(status.EndedAt);
        Assert.Equal((2, 9, UploadState.Processing), (status.Files[0].MessagesDone, status.Files[0].MessagesExpected, status.Files[0].State));
        Assert.Equal(UploadState.Enqueued, status.Files[1].State);
        Assert.Equal(2, (await owner.Grain.GetStatusAsync(default)).PendingFiles);
        var summary = await owner.Grain.ListUploadsAsync(default).SingleAsync();
        Assert.Equal(new UploadSummary(upload, UploadState.Processing, created, 2, 2), summary);
    }

    [Fact]
    public async Task Uploads_are_listed_newest_first()
    {
        await using var owner = await TestOwner.StartAsync();
        var first = await owner.OpenAsync("one");
        var second = await owner.OpenAsync("two");

        Assert.Equal([second, first], await owner.Grain.ListUploadsAsync(default).Select(u => u.UploadId).ToListAsync());
    }

    [Fact]
    public async Task A_file_that_fails_is_taken_back_and_its_neighbour_stays()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("good", "bad");
        await owner.ReadNextAsync("hello");
        var bad = await owner.ClaimAsync();
        await owner.AddAsync(bad, 0, "half", "read");
        var reason = new FileError(FileErrorKind.Damaged, "not JSON", "byte 17");

        Assert.True(await owner.Grain.FailFileAsync(bad, reason, default));
        Assert.True(await owner.Grain.FailFileAsync(bad, reason, default));

        var status = await owner.EndAsync(upload);
        Assert.Equal(UploadState.Succeeded, status.State);
        Assert.Equal(1, status.IndexSize);
        Assert.Single(status.Labels.ToArray());
        Assert.Equal((UploadState.Failed, reason, 0), (status.Files[1].State, status.Files[1].Error, status.Files[1].MessagesDone));
        Assert.Equal("hello", Assert.Single(await owner.SearchAsync("half")).Text);
    }

    [Fact]
    public async Task A_failed_file_leaves_messages_that_another_file_brought_too()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("good", "bad");
        var good = await owner.ClaimAsync();
        var bad = await owner.ClaimAsync();
        await owner.AddAsync(bad, TestOwner.Message(0, "both", "c", "1"), TestOwner.Message(1, "bad only", "c", "2"));
        await owner.AddAsync(good, TestOwner.Message(0, "both", "c", "1"));

        await owner.Grain.FailFileAsync(bad, new(FileErrorKind.Damaged, "bad"), default);

        Assert.Equal("both", Assert.Single(await owner.SearchAsync("both")).Text);
    }

    [Fact]
    public async Task An_upload_fails_where_all_its_files_did()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("bad");
        await owner.Grain.FailFileAsync(await owner.ClaimAsync(), new(FileErrorKind.Unrecognised, "what is this"), default);

        var status = await owner.EndAsync(upload);

        Assert.Equal((UploadState.Failed, 0), (status.State, status.IndexSize));
        Assert.NotNull(status.EndedAt);
    }

    [Fact]
    public async Task An_upload_without_messages_succeeds_without_patterns()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.ImportAsync("empty");

        var status = await owner.StatusAsync(upload);

        Assert.Equal(UploadState.Succeeded, status.State);
        Assert.True(status.Labels.IsEmpty);
        Assert.Empty(status.Patterns);
    }

    [Fact]
    public async Task Waiting_ends_with_patience_and_for_an_unknown_upload_at_once()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one");
        Assert.Null(await owner.Grain.WaitForUploadAsync(new string('0', 32), TimeSpan.FromDays(1), default));

        var waiting = owner.Grain.WaitForUploadAsync(upload, TimeSpan.FromSeconds(5), default);
        while (!waiting.IsCompleted)
        {
            owner.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(UploadState.Enqueued, (await waiting)!.State);
    }

    [Fact]
    public async Task Raw_files_go_with_the_end_of_their_upload()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one");
        var folder = Path.Combine(owner.Storage.UploadDirectory, upload);
        Assert.True(File.Exists(Path.Combine(folder, "0")));

        await owner.ReadNextAsync("hello");
        await owner.EndAsync(upload);

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task What_a_parser_put_beside_raw_files_goes_with_them()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one");
        var folder = Path.Combine(owner.Storage.UploadDirectory, upload);
        Directory.CreateDirectory(Path.Combine(folder, "0.entries", "deeper"));
        await File.WriteAllTextAsync(Path.Combine(folder, "0.entries", "deeper", "spooled"), "text");

        await owner.ReadNextAsync("hello");
        await owner.EndAsync(upload);

        Assert.False(Directory.Exists(folder));
        Assert.True(Directory.Exists(owner.Storage.UploadDirectory));
    }

    [Fact]
    public async Task Raw_files_stay_where_they_are_to_be_kept()
    {
        await using var owner = await TestOwner.StartAsync(options: new VectorIndexOptions { KeepUploads = true });
        var upload = await owner.ImportAsync("one", "hello");
        await owner.RestartAsync();

        Assert.True(File.Exists(Path.Combine(owner.Storage.UploadDirectory, upload, "0")));
    }

    [Theory]
    [InlineData(false, 0, false)]
    [InlineData(true, 0, true)]
    [InlineData(true, 25, false)]
    public async Task A_folder_of_no_upload_is_swept_unless_a_gateway_may_be_filling_it(bool gatewaysApart, int hoursOld, bool stays)
    {
        await using var owner = await TestOwner.StartAsync(parsersOutlive: gatewaysApart);
        var unknown = Directory.CreateDirectory(Path.Combine(owner.Storage.UploadDirectory, new string('f', 32)));
        var foreign = Directory.CreateDirectory(Path.Combine(owner.Storage.UploadDirectory, "holiday photos"));
        unknown.LastWriteTimeUtc = owner.Time.GetUtcNow().UtcDateTime.AddHours(-hoursOld);

        await owner.RestartAsync();

        Assert.Equal(stays, Directory.Exists(unknown.FullName));
        Assert.True(foreign.Exists);
        Assert.NotNull(UploadsMarker.Read(owner.Storage.UploadDirectory));
    }

    [Fact]
    public async Task Folders_that_killed_gateways_left_are_swept_while_it_runs_but_not_those_that_are_written_to()
    {
        await using var owner = await TestOwner.StartAsync();
        var old = owner.Time.GetUtcNow().UtcDateTime - owner.Options.UnknownUploadsKept;
        var left = Directory.CreateDirectory(Path.Combine(owner.Storage.UploadDirectory, new string('e', 32)));
        var filling = Directory.CreateDirectory(Path.Combine(owner.Storage.UploadDirectory, new string('f', 32)));
        var large = Path.Combine(filling.FullName, "0");
        await File.WriteAllTextAsync(large, "large and slow");
        File.SetLastWriteTimeUtc(large, old.AddHours(23));
        left.LastWriteTimeUtc = filling.LastWriteTimeUtc = old;

        owner.Time.Advance(TimeSpan.FromHours(1));

        await owner.Log.SaysAsync($"Removed {left.Name}");
        await owner.Grain.StopAsync(default);
        Assert.False(Directory.Exists(left.FullName));
        Assert.True(Directory.Exists(filling.FullName));
    }
}
