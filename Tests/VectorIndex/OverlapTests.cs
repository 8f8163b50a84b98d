using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>Conversations without an id are recognised by the messages that two exports hold.</summary>
public sealed class OverlapTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_conversation_that_goes_on_is_recognised_and_only_what_is_new_is_added()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 100));
        index.Embedded.Clear();

        Assert.Equal((30, 0, 100), RereadOwner.Counts(await index.ImportAsync(Chat("Ann", 0, 130))));

        Assert.Equal(30, index.Embedded.Count);
        Assert.Equal(130, await index.Owner.SizeAsync());
        Assert.Equal(1, Conversations(index));
    }

    [Fact]
    public async Task An_export_that_begins_later_is_recognised_by_what_both_hold()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 1500));

        Assert.Equal((100, 0, 400), RereadOwner.Counts(await index.ImportAsync(Chat("Ann", 1100, 500))));
        Assert.Equal(1, Conversations(index));
    }

    [Fact]
    public async Task A_chat_of_many_more_messages_than_are_sampled_is_recognised()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 12_000));

        Assert.Equal((100, 0, 12_000), RereadOwner.Counts(await index.ImportAsync(Chat("Ann", 0, 12_100))));
        Assert.Equal((0, 0, 9_000), RereadOwner.Counts(await index.ImportAsync(Chat("Ann", 3_000, 9_000))));
        Assert.Equal(1, Conversations(index));
    }

    [Fact]
    public async Task An_export_that_begins_earlier_is_recognised_too()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 1000, 500));

        Assert.Equal((1000, 0, 500), RereadOwner.Counts(await index.ImportAsync(Chat("Ann", 0, 1500))));
        Assert.Equal(1, Conversations(index));
    }

    [Fact]
    public async Task Some_messages_of_it_may_have_gone_or_changed()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 100));

        var later = Finish("Ann", [.. Chat("Ann", 0, 120).Where(m => m.Ordinal % 4 != 0)]);

        Assert.Equal((15, 0, 75), RereadOwner.Counts(await index.ImportAsync(later)));
        Assert.Equal(1, Conversations(index));
    }

    [Fact]
    public async Task Exports_of_one_chat_that_do_not_overlap_are_two_conversations()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 50));
        await index.ImportAsync(Chat("Ann", 50, 50));

        Assert.Equal(2, Conversations(index));
    }

    [Fact]
    public async Task An_export_that_holds_two_parts_makes_them_one_conversation()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 50));
        await index.ImportAsync(Chat("Ann", 70, 50));
        await index.Owner.OpenAsync("being read");
        var claim = await index.Owner.ClaimAsync();
        await index.AddAsync(claim, [.. Chat("Ann", 200, 100).Take(50)]);
        Assert.Equal(3, Conversations(index));

        Assert.Equal((120, 0, 150), RereadOwner.Counts(await index.ImportAsync(Chat("Ann", 0, 270))));

        Assert.Equal(1, Conversations(index));
        await index.AddAsync(claim, [.. Chat("Ann", 200, 100).Skip(50)]);
        Assert.Equal((300, 1), (await index.Owner.SizeAsync(), Conversations(index)));
        var query = new SearchQuery(TestOwner.Model, TestOwner.Vectors(TestOwner.Dimension, ["text 7"]).Values, 400)
        {
            Filter = new(Participant: "ann"),
        };
        Assert.Equal(300, (await index.Owner.Grain.SearchAsync(query, default)).Hits.Count);
    }

    [Fact]
    public async Task A_text_that_was_sent_to_fifty_chats_does_not_join_them()
    {
        await using var index = await RereadOwner.StartAsync();
        for (var chat = 0; chat < 50; chat++)
            Assert.Equal((25, 0, 0), RereadOwner.Counts(await index.ImportAsync(WithBroadcasts($"chat {chat}", own: 20, broadcasts: 5))));

        Assert.Equal(50, Conversations(index));
    }

    [Fact]
    public async Task A_chat_of_nothing_but_what_was_sent_to_many_joins_none_of_them()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(WithBroadcasts("long", own: 20, broadcasts: 5));
        await index.ImportAsync(WithBroadcasts("silent", own: 0, broadcasts: 5));
        await index.ImportAsync(WithBroadcasts("silent too", own: 0, broadcasts: 5));
        await index.ImportAsync(WithBroadcasts("long too", own: 20, broadcasts: 5));
        Assert.Equal(4, Conversations(index));

        // While each of them is still found again.
        Assert.Equal((0, 0, 25), RereadOwner.Counts(await index.ImportAsync(WithBroadcasts("long too", own: 20, broadcasts: 5))));
        Assert.Equal((1, 0, 5), RereadOwner.Counts(await index.ImportAsync(WithBroadcasts("silent", own: 1, broadcasts: 5))));
    }

    [Theory]
    [InlineData("Ann", 1)]
    [InlineData("Bob", 2)]
    [InlineData(null, 2)]
    public async Task Two_messages_are_enough_only_where_the_title_is_the_same(string? title, int conversations)
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 2));
        await index.ImportAsync(Chat(title, 0, 40));

        Assert.Equal(conversations, Conversations(index));
    }

    [Fact]
    public async Task A_renamed_conversation_is_recognised_and_has_its_newest_title()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("before", 0, 40));
        await index.ImportAsync(Chat("after", 0, 41));
        await index.ImportAsync(Chat(null, 0, 42));

        Assert.Equal(1, Conversations(index));
        Assert.All(await index.Owner.SearchAsync("text 7", 42), hit => Assert.Equal("after", hit.ConversationTitle));
    }

    [Fact]
    public async Task The_same_messages_on_another_platform_are_another_conversation()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 40));
        await index.ImportAsync(Chat("Ann", 0, 40, platform: "elsewhere"));

        Assert.Equal(2, Conversations(index));
    }

    [Fact]
    public async Task The_ids_of_platforms_that_have_some_are_not_taken_for_derived_ones()
    {
        await using var index = await RereadOwner.StartAsync();
        var chat = Chat("Ann", 0, 40);
        await index.ImportAsync([.. chat.Select(m => m with { Conversation = m.Conversation with { Id = "c1", Sample = [] } })]);
        await index.ImportAsync(chat);

        Assert.Equal(2, Conversations(index));
    }

    [Theory]
    [InlineData(0, 2000, 0, 2000)]
    [InlineData(0, 3000, 2000, 1200)]
    [InlineData(2000, 1200, 0, 3000)]
    public async Task Two_files_of_one_upload_with_the_same_chat_end_in_one_conversation(int from, int count, int otherFrom, int otherCount)
    {
        await using var index = await RereadOwner.StartAsync();
        var upload = await index.Owner.OpenAsync("one", "two");
        var first = await index.Owner.ClaimAsync();
        var second = await index.Owner.ClaimAsync();
        var (one, two) = (Chat("Ann", from, count), Chat("Ann", otherFrom, otherCount));

        // Both are read at once: when the second comes, next to nothing of the first is there.
        foreach (var at in Enumerable.Range(0, (Math.Max(count, otherCount) / 50) + 1).Select(i => i * 50))
        {
            await index.AddAsync(first, [.. one.Skip(at).Take(50)]);
            await index.AddAsync(second, [.. two.Skip(at).Take(50)]);
        }

        await index.Owner.FinishAsync(first, count);
        await index.Owner.FinishAsync(second, otherCount);

        var files = (await index.Owner.EndAsync(upload)).Files;
        var all = one.Concat(two).Select(message => message.Id).Distinct().Count();
        Assert.Equal(all, files.Sum(file => file.Report!.New));
        Assert.Equal(count + otherCount - all, files.Sum(file => file.Report!.Unchanged));
        Assert.Equal(1, Conversations(index));
        Assert.Equal(0, index.Owner.Sql("SELECT count(*) FROM marks"));
    }

    [Fact]
    public async Task Different_chats_that_are_read_at_once_stay_apart()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.Owner.OpenAsync("one", "two");
        var first = await index.Owner.ClaimAsync();
        var second = await index.Owner.ClaimAsync();

        await index.AddAsync(first, [.. WithBroadcasts("one", own: 900, broadcasts: 100).Take(10)]);
        await index.AddAsync(second, [.. WithBroadcasts("two", own: 900, broadcasts: 100).Take(10)]);

        Assert.Equal(2, Conversations(index));
    }

    [Fact]
    public async Task A_file_that_is_taken_up_again_goes_on_in_the_conversation_it_was_found_to_hold()
    {
        await using var killed = await RereadOwner.StartAsync();
        await killed.ImportAsync(Chat("Ann", 0, 60));
        var (upload, claim) = await killed.BeginAsync();
        var chat = Chat("Ann", 0, 90);
        await killed.AddAsync(claim, [.. chat.Take(30)]);

        await using var owner = await killed.Owner.KillAsync();
        var again = await owner.ClaimAsync();

        // Nothing but its place in the file tells which conversation it is.
        var unknown = chat[0].Conversation with { Sample = [new("x", Start)] };
        await owner.AddAsync(again, [.. chat.Skip(30).Select(m => m with { Conversation = unknown })]);
        await owner.FinishAsync(again, 90);

        Assert.Equal((30, 0, 60), RereadOwner.Counts((await owner.EndAsync(upload)).Files[0].Report!));
        Assert.Equal(1, owner.Sql("SELECT count(*) FROM conversations"));
    }

    [Fact]
    public async Task A_conversation_is_forgotten_with_its_last_messages()
    {
        await using var index = await RereadOwner.StartAsync();
        var (upload, claim) = await index.BeginAsync();
        await index.AddAsync(claim, [.. Chat("Ann", 0, 60)]);
        await index.Owner.Grain.FailFileAsync(claim, new(FileErrorKind.Unreadable, "gone"), default);

        foreach (var table in (string[])["conversations", "continuations", "marks", "participants", "messages"])
            Assert.Equal(0, index.Owner.Sql($"SELECT count(*) FROM {table}"));
        Assert.Equal((60, 0, 0), RereadOwner.Counts(await index.ImportAsync(Chat("Ann", 0, 60))));
        await index.Owner.Grain.DeleteUploadAsync(upload, default);
        Assert.Equal(60, await index.Owner.SizeAsync());
    }

    [Fact]
    public async Task Where_duplicates_are_allowed_nothing_is_recognised()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Chat("Ann", 0, 40));
        await index.ImportAsync(Chat("Ann", 0, 40), allowDuplicates: true);

        Assert.Equal((80, 2), (await index.Owner.SizeAsync(), Conversations(index)));

        // And what was allowed to be there twice does not take part later.
        Assert.Equal((0, 0, 40), RereadOwner.Counts(await index.ImportAsync(Chat("Ann", 0, 40))));
    }

    private static long Conversations(RereadOwner index) => index.Owner.Sql("SELECT count(*) FROM conversations");

    /// <summary>A part of one endless chat: message i of it is always the same, and has the same id.</summary>
    private static List<ParsedMessage> Chat(string? title, int from, int count, string platform = "whatsapp") => Finish(
        title,
        [.. Enumerable.Range(from, count).Select(i => Message(i % 3 == 0 ? "ann" : "me", Start.AddMinutes(7 * i), $"text {i}"))],
        platform);

    /// <summary>A chat of my own with somebody, and of what I sent to everybody in its time.</summary>
    private static List<ParsedMessage> WithBroadcasts(string title, int own, int broadcasts) => Finish(
        title,
        [
            .. Enumerable.Range(0, own).Select(i => Message(i % 2 == 0 ? title : "me", Start.AddHours(i), $"{title}: text {i}"))
                .Concat(Enumerable.Range(0, broadcasts).Select(i => Message("me", Start.AddHours(3 * i).AddMinutes(5), $"greetings {i}")))
                .OrderBy(message => message.SentAt),
        ]);

    private static ParsedMessage Message(string author, DateTimeOffset sent, string text)
    {
        var id = new DerivedIds().Next(
            new MessageDraft { Text = text }, new SentTime(sent, SentZone.Assumed), AuthorHashes.Hash(author), 0, MessageIdentity.Content);
        return new ParsedMessage(0, new ConversationRef(0, "", null, null), id.ToString(), author, null, sent, text) { Zone = SentZone.Assumed };
    }

    private static List<ParsedMessage> Finish(string? title, List<ParsedMessage> messages, string platform = "whatsapp")
    {
        var sample = new ConversationSample();
        foreach (var message in messages)
            sample.Offer(message.Id!, message.SentAt!.Value);
        var conversation = new ConversationRef(0, platform, null, title) { Sample = sample.ToList() };
        return [.. messages.Select((message, i) => message with { Ordinal = i, Conversation = conversation })];
    }
}
