using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>What a parser was told it need not embed, the index may need after all.</summary>
public sealed class VectorNeedTests
{
    [Fact]
    public async Task A_text_that_changes_to_and_fro_in_a_file_gets_its_vector_though_it_was_known()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Message(0, "1", "a"));

        var report = await index.ImportAsync(Message(0, "1", "b"), Message(1, "1", "a"));

        Assert.Equal((0, 2, 0), RereadOwner.Counts(report));
        Assert.Equal(("a", 1), (await BestAsync(index, "a") is { } hit ? (hit.Text, MathF.Round(hit.Score, 2)) : default));
    }

    [Fact]
    public async Task Where_the_index_changed_since_it_was_asked_nothing_is_added_until_all_vectors_are_there()
    {
        await using var index = await RereadOwner.StartAsync();
        var known = await index.Owner.OpenAsync("known");
        var claim = await index.Owner.ClaimAsync();
        await index.AddAsync(claim, Message(0, "1", "a"));
        await index.FinishAsync(known, claim, 1);
        var (upload, later) = await index.BeginAsync();
        var messages = new[] { Message(0, "2", "b"), Message(1, "1", "a") };
        index.Meanwhile = async () =>
        {
            index.Meanwhile = () => Task.CompletedTask;
            await index.Owner.Grain.DeleteUploadAsync(known, default);
        };

        var needed = await index.Owner.Grain.FindUnembeddedAsync(Bare(later, messages), default);
        await index.AddAsync(later, messages);

        Assert.Equal([0], needed);
        Assert.Equal((2, 0, 0), RereadOwner.Counts(await index.FinishAsync(upload, later, 2)));
        Assert.Equal(2, await index.Owner.SizeAsync());
        Assert.Equal(1, (await BestAsync(index, "a")).Score, 1e-3f);
    }

    [Fact]
    public async Task A_batch_without_a_needed_vector_changes_nothing()
    {
        await using var index = await RereadOwner.StartAsync();
        var (_, claim) = await index.BeginAsync();
        var batch = new MessageBatch(
            claim, [Message(0, "1", "a"), Message(1, "2", "b")], TestOwner.Model, TestOwner.Vectors(TestOwner.Dimension, ["a"]))
        {
            Embedded = [0],
        };

        Assert.Equal(AddOutcome.VectorsMissing, await index.Owner.Grain.AddMessagesAsync(batch, default));

        Assert.Equal(0, await index.Owner.SizeAsync());
        Assert.Null((await index.Owner.Grain.GetStatusAsync(default)).Model);
        foreach (var table in (string[])["messages", "vectors", "links", "conversations", "participants", "models"])
            Assert.Equal(0, index.Owner.Sql($"SELECT count(*) FROM {table}"));
        Assert.Equal(0, index.Owner.Sql("SELECT last_change FROM state"));
        Assert.Equal(AddOutcome.Added, await index.Owner.AddAsync(claim, [.. batch.Messages]));
    }

    private static MessageBatch Bare(FileClaimKey claim, params ParsedMessage[] messages) =>
        new(claim, messages, null, new VectorBlock(1, default)) { Embedded = [] };

    private static ParsedMessage Message(long ordinal, string id, string text) => TestOwner.Message(ordinal, text, "c", id);

    private static async Task<SearchHit> BestAsync(RereadOwner index, string text) => (await index.Owner.SearchAsync(text, 1))[0];
}
