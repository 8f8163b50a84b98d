using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>A filter narrows a search to exactly the messages that fit it.</summary>
public sealed class FilterTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    private static readonly ParsedMessage[] Messages =
    [
        Message(0, new(0, "slack", "C1", "general") { Participants = ["lurker"] }, "ann", "u1", null, Noon),
        Message(1, new(0, "slack", "C1", "general") { Participants = ["lurker"] }, "bob", "u2", null, Noon.AddHours(1)),
        Message(2, new(1, "slack", "C2", "random"), "ann", "u3", null, Noon.AddHours(2)),
        Message(3, new(2, "chatgpt", "C1", null), null, null, "user", Noon.AddHours(3)),
        Message(4, new(2, "chatgpt", "C1", null), null, null, "assistant", Noon.AddHours(4).ToOffset(TimeSpan.FromHours(9))),
        Message(5, new(3, "prototype", null, null), null, null, null, null),
    ];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Only_what_fits_is_found(MessageFilter filter, int[] expected)
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        await owner.AddAsync(await owner.ClaimAsync(), Messages);

        Assert.Equal(expected, await FindAsync(owner, filter, 10));
        Assert.Equal(Math.Min(expected.Length, 1), (await FindAsync(owner, filter, 1)).Length);
    }

    public static TheoryData<MessageFilter, int[]> Filters() => new()
    {
        { new(), [0, 1, 2, 3, 4, 5] },
        { new(Platform: "slack"), [0, 1, 2] },
        { new(Platform: "SLACK"), [] },
        { new(Conversation: "general"), [0, 1] },
        { new(Conversation: "C1"), [0, 1, 3, 4] },
        { new(Platform: "chatgpt", Conversation: "C1"), [3, 4] },
        { new(Participant: "ann"), [0, 1, 2] },
        { new(Participant: "bob"), [0, 1] },
        { new(Participant: "lurker"), [0, 1] },
        { new(Author: "ann"), [0, 2] },
        { new(Author: "u3"), [2] },
        { new(Author: "lurker"), [] },
        { new(Role: "assistant"), [4] },
        { new(Since: Noon.AddHours(1)), [1, 2, 3, 4] },
        { new(Until: Noon.AddHours(1)), [0] },
        { new(Since: Noon.AddHours(1), Until: Noon.AddHours(4).ToOffset(TimeSpan.FromHours(-5))), [1, 2, 3] },
        { new("slack", "general", "lurker", "u1", null, Noon, Noon.AddTicks(10)), [0] },
        { new("slack", "general", "lurker", "u1", "user", Noon, Noon.AddTicks(10)), [] },
        { new(Author: "' OR 1=1 --"), [] },
    };

    [Fact]
    public async Task The_nearest_that_fit_are_found_however_many_nearer_ones_do_not()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.OpenAsync("one");
        var claim = await owner.ClaimAsync();
        var messages = Enumerable.Range(0, 9000).Select(i =>
            TestOwner.Message(i, $"text {i % 3000}") with { Author = i % 1000 == 7 ? "rare" : "common" }).ToArray();
        await owner.AddAsync(claim, messages);
        var query = TestOwner.Vectors(TestOwner.Dimension, ["text 1"]).Values;

        var all = (await owner.Grain.SearchAsync(new SearchQuery(TestOwner.Model, query, 9000), default)).Hits;
        var found = (await owner.Grain.SearchAsync(
            new SearchQuery(TestOwner.Model, query, 5) { Filter = new(Author: "rare") }, default)).Hits;

        Assert.Equal(9000, all.Count);
        Assert.Equal(all.Where(hit => hit.Author == "rare").Take(5), found);
    }

    [Fact]
    public async Task Messages_that_are_deleted_or_updated_are_narrowed_as_they_are_now()
    {
        await using var owner = await TestOwner.StartAsync();
        var first = await owner.OpenAsync("one");
        await owner.AddAsync(await owner.ClaimAsync(), Messages);
        await owner.OpenAsync("two");
        await owner.AddAsync(await owner.ClaimAsync(), Messages[1] with { Ordinal = 0, Author = "bert" });

        Assert.Equal(1, Assert.Single(await FindAsync(owner, new(Author: "bert"), 5)));
        Assert.Empty(await FindAsync(owner, new(Author: "bob"), 5));
        await owner.Grain.DeleteUploadAsync(first, default);
        Assert.Equal(1, Assert.Single(await FindAsync(owner, new(Platform: "slack"), 5)));
        Assert.Empty(await FindAsync(owner, new(Participant: "ann"), 5));
    }

    private static async Task<int[]> FindAsync(TestOwner owner, MessageFilter filter, int limit)
    {
        var query = new SearchQuery(TestOwner.Model, TestOwner.Vectors(TestOwner.Dimension, ["any"]).Values, limit) { Filter = filter };
        return [.. (await owner.Grain.SearchAsync(query, default)).Hits.Select(hit => int.Parse(hit.Text[5..], null)).Order()];
    }

    private static ParsedMessage Message(
        long ordinal, ConversationRef conversation, string? author, string? authorId, string? role, DateTimeOffset? sent) =>
        new(ordinal, conversation, $"m{ordinal}", author, role, sent, $"text {ordinal}") { AuthorId = authorId };
}
