using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class AddingTests
{
    [Fact]
    public async Task Added_messages_are_counted_found_and_told_of()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();
        var sent = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(-3));

        await owner.AddAsync(claim, new ParsedMessage(0, new(0, "test", "c1", "Lunch"), "m1", "ann", "user", sent, "hello"));

        var hit = Assert.Single(await owner.SearchAsync("hello"));
        Assert.Equal(1, await owner.SizeAsync());
        Assert.Equal(
            new SearchHit(hit.MessageId, "hello", hit.Score, "ann", "user", sent, "test", "Lunch", upload, "one.json")
            {
                ConversationId = "c1", ConversationTitle = "Lunch",
            },
            hit);
        Assert.Equal(1, hit.Score, 1e-3f);
        Assert.Equal(sent.Offset, hit.SentAt!.Value.Offset);
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_changes_nothing()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();

        await owner.AddAsync(claim, 0, "a", "b");
        await owner.AddAsync(claim, 0, "a", "b");
        await owner.AddAsync(claim, 1, "b", "c");

        Assert.Equal(3, await owner.SizeAsync());
        Assert.Equal(3, owner.Sql("SELECT last_change FROM state"));
    }

    [Fact]
    public async Task A_gap_in_the_ordinals_is_a_bug()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => owner.AddAsync(claim, 1, "b"));
        await Assert.ThrowsAsync<ArgumentException>(
            () => owner.AddAsync(claim, TestOwner.Message(0, "a"), TestOwner.Message(2, "c")));

        Assert.Equal(0, await owner.SizeAsync());
        Assert.Equal(0, owner.Sql("SELECT last_change FROM state"));
    }

    [Fact]
    public async Task Finishing_with_messages_that_were_not_added_is_a_bug()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();
        await owner.AddAsync(claim, 0, "a");

        await Assert.ThrowsAsync<ArgumentException>(() => owner.Grain.FinishFileAsync(claim, TestOwner.Report(2), default));
    }

    [Fact]
    public async Task Messages_with_ids_are_the_same_message_in_any_file()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("export of May", "export of June");
        var may = await owner.ClaimAsync();
        var june = await owner.ClaimAsync();

        await owner.AddAsync(may, TestOwner.Message(0, "a", "c", "1"), TestOwner.Message(1, "b", "c", "2"));
        await owner.AddAsync(
            june, TestOwner.Message(0, "b", "c", "2"), TestOwner.Message(1, "c", "c", "3"), TestOwner.Message(2, "a", "other", "1"));

        Assert.Equal(4, await owner.SizeAsync());
        Assert.Equal(5, owner.Sql("SELECT count(*) FROM links"));
    }

    [Fact]
    public async Task A_message_whose_text_changed_is_updated_with_its_vector_and_a_new_change_number()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("before", "after");
        var before = await owner.ClaimAsync();
        var after = await owner.ClaimAsync();
        await owner.AddAsync(before, TestOwner.Message(0, "tpyo", "c", "1"), TestOwner.Message(1, "fine", "c", "2"));

        await owner.AddAsync(after, TestOwner.Message(0, "typo", "c", "1"));

        Assert.Equal(2, await owner.SizeAsync());
        Assert.Equal(3, owner.Sql("SELECT change FROM messages WHERE id = 1"));
        var hit = (await owner.SearchAsync("typo", 1))[0];
        Assert.Equal(("typo", 1), (hit.Text, MathF.Round(hit.Score, 2)));
    }

    [Fact]
    public async Task A_message_that_changes_within_a_batch_keeps_its_last_text()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();

        await owner.AddAsync(
            claim,
            TestOwner.Message(0, "first", "c", "1"), TestOwner.Message(1, "same", "c", "2"), TestOwner.Message(2, "same", "c", "2"),
            TestOwner.Message(3, "second", "c", "1"), TestOwner.Message(4, "last", "c", "3"));

        Assert.Equal(3, await owner.SizeAsync());
        foreach (var text in (string[])["second", "same", "last"])
            Assert.Equal((text, 1), ((await owner.SearchAsync(text, 1))[0].Text, MathF.Round((await owner.SearchAsync(text, 1))[0].Score, 2)));
    }

    [Fact]
    public async Task Without_ids_equal_messages_are_messages_of_their_own()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("one", "ok", "ok", "ok");

        Assert.Equal(3, await owner.SizeAsync());
    }

    [Fact]
    public async Task Texts_of_any_characters_come_back_as_they_were()
    {
        await using var owner = await TestOwner.StartAsync();
        var text = "nul \0 in the middle, \u0001, 😀, עברית";
        await owner.ImportAsync("one", text);

        Assert.Equal(text, Assert.Single(await owner.SearchAsync(text)).Text);
    }

    [Fact]
    public async Task Vectors_of_another_model_are_refused_while_there_are_messages()
    {
        await using var owner = await TestOwner.StartAsync();
        var upload = await owner.OpenAsync("one", "two");
        var claim = await owner.ClaimAsync();
        await owner.AddAsync(claim, 0, "hello");
        var other = TestOwner.Model with { GraphSha256 = new string('b', 64) };

        Assert.Equal(AddOutcome.WrongModel, await owner.AddAsync(claim, other, 8, TestOwner.Message(1, "there")));
        Assert.False((await owner.Grain.SearchAsync(new(other, new float[8], 1), default)).ModelMatches);
        Assert.Equal(TestOwner.Model, (await owner.Grain.GetStatusAsync(default)).Model);

        await owner.Grain.DeleteUploadAsync(upload, default);
        Assert.Null((await owner.Grain.GetStatusAsync(default)).Model);
        await owner.OpenAsync("three");
        await owner.Queue.NextAsync();
        Assert.Equal(AddOutcome.Added, await owner.AddAsync(await owner.ClaimAsync(), other, 8, TestOwner.Message(0, "there")));
        Assert.Single((await owner.Grain.SearchAsync(new(other, new float[8], 1), default)).Hits);
    }

    [Fact]
    public async Task An_empty_index_answers_any_model_with_nothing()
    {
        await using var owner = await TestOwner.StartAsync();

        var result = await owner.Grain.SearchAsync(new(TestOwner.Model, new float[3], 5), default);

        Assert.True(result.ModelMatches);
        Assert.Empty(result.Hits);
    }

    [Fact]
    public async Task Empty_texts_count_but_are_no_hits()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("one", ["", "", "", "", "hello", "there"]);

        Assert.Equal(6, await owner.SizeAsync());
        Assert.Equal(2, (await owner.SearchAsync("", 2)).Count);
    }

    [Fact]
    public async Task Many_batches_at_once_are_all_stored()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync([.. TestOwner.Texts(20, "file")]);
        var claims = new List<FileClaimKey>();
        for (var i = 0; i < 20; i++)
            claims.Add(await owner.ClaimAsync());

        var outcomes = await Task.WhenAll(claims.SelectMany(claim => Enumerable.Range(0, 5).Select(async batch =>
        {
            await Task.Yield();
            return batch == 0 ? await owner.AddAsync(claim, 0, TestOwner.Texts(50, $"file {claim.FileId}")) : AddOutcome.Added;
        })));

        Assert.All(outcomes, o => Assert.Equal(AddOutcome.Added, o));
        Assert.Equal(1000, await owner.SizeAsync());
    }

    [Fact]
    public async Task A_write_at_fault_does_not_harm_its_neighbours()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("good", "bad");
        var good = await owner.ClaimAsync();
        var bad = await owner.ClaimAsync();
        using var hold = new ManualResetEventSlim();
        var holding = owner.Grain.Owner.Writes.RunAsync(_ => hold.Wait(TimeSpan.FromSeconds(20)));

        var adding = owner.AddAsync(good, 0, "hello");
        var failing = owner.AddAsync(bad, 5, "gap");
        var adding2 = owner.AddAsync(good, 1, "there");
        hold.Set();

        Assert.True(await holding);
        await Assert.ThrowsAsync<ArgumentException>(() => failing);
        Assert.Equal(AddOutcome.Added, await adding);
        Assert.Equal(AddOutcome.Added, await adding2);
        Assert.Equal(2, await owner.SizeAsync());
    }

    [Fact]
    public async Task Asked_before_the_start_or_after_the_stop_it_says_so()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.Grain.StopAsync(default);

        await Assert.ThrowsAsync<IndexNotRunningException>(() => owner.SizeAsync());
    }
}
