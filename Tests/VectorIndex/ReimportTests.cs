using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class ReimportTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_later_export_adds_what_is_new_and_updates_what_changed_and_embeds_only_these()
    {
        await using var index = await RereadOwner.StartAsync();
        var may = await index.ImportAsync(Message(0, "1", "a"), Message(1, "2", "b"), Message(2, "3", "c"));
        index.Embedded.Clear();

        var june = await index.ImportAsync(
            Message(0, "1", "a"), Message(1, "2", "b, edited") with { Edited = true }, Message(2, "3", "c") with { Author = "cid" },
            Message(3, "4", "d"));

        Assert.Equal((3, 0, 0), RereadOwner.Counts(may));
        Assert.Equal((1, 2, 1), RereadOwner.Counts(june));
        Assert.Equal(["b, edited", "d"], index.Embedded);
        Assert.Equal(4, await index.Owner.SizeAsync());
        foreach (var text in (string[])["a", "b, edited", "c", "d"])
            Assert.Equal((text, 1), (await BestAsync(index, text) is { } hit ? (hit.Text, MathF.Round(hit.Score, 2)) : default));
        Assert.Equal("cid", (await BestAsync(index, "c")).Author);
    }

    [Fact]
    public async Task Updates_survive_a_kill_and_a_rebuilding()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Message(0, "1", "a"), Message(1, "2", "b"));
        await index.Owner.RestartAsync();
        await index.ImportAsync(Message(0, "1", "changed"), Message(1, "2", "b") with { Role = "assistant" });

        await using var replayed = await index.Owner.KillAsync();

        Assert.True(replayed.Log.Contains("read from its snapshot"));
        var hit = (await replayed.SearchAsync("changed", 1))[0];
        Assert.Equal(("changed", 1), (hit.Text, MathF.Round(hit.Score, 2)));
        Assert.Equal("assistant", (await replayed.SearchAsync("b", 1))[0].Role);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Each_change_of_data_is_an_update_without_a_vector(string what, Func<ParsedMessage, ParsedMessage> change)
    {
        await using var index = await RereadOwner.StartAsync();
        var message = Message(0, "1", "a") with { Attachments = ["one.jpg"] };
        await index.ImportAsync(message);
        index.Embedded.Clear();

        var changed = RereadOwner.Counts(await index.ImportAsync(change(message)));
        var again = RereadOwner.Counts(await index.ImportAsync(change(message)));

        Assert.Equal((what, (0, 1, 0)), (what, changed));
        Assert.Equal((what, (0, 0, 1)), (what, again));
        Assert.Empty(index.Embedded);
    }

    public static TheoryData<string, Func<ParsedMessage, ParsedMessage>> Changes() => new()
    {
        { "author", m => m with { Author = "bob" } },
        { "author's id", m => m with { AuthorId = "u7" } },
        { "role", m => m with { Role = "assistant" } },
        { "time", m => m with { SentAt = Noon.AddSeconds(1) } },
        { "offset", m => m with { SentAt = Noon.ToOffset(TimeSpan.FromHours(2)) } },
        { "reply", m => m with { ReplyTo = "0" } },
        { "attachments", m => m with { Attachments = ["one.jpg", "two \"☃\".jpg"] } },
        { "edited", m => m with { Edited = true } },
    };

    [Fact]
    public async Task What_is_known_of_a_message_is_found_with_it()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Message(0, "1", "a") with
        {
            Conversation = new(0, "slack", "C1", "general"), AuthorId = "u7", Zone = SentZone.Given, ReplyTo = "0",
            Attachments = ["plan.pdf", "a/b ☃.jpg"], Edited = true,
        });

        var hit = await BestAsync(index, "a");

        Assert.Equal(("u7", SentZone.Given, "0", true), (hit.AuthorId, hit.Zone, hit.ReplyTo, hit.Edited));
        Assert.Equal(["plan.pdf", "a/b ☃.jpg"], hit.Attachments);
        Assert.Equal(("slack", "C1", "general", "general"), (hit.Platform, hit.ConversationId, hit.ConversationTitle, hit.Conversation));
    }

    [Fact]
    public async Task An_edit_is_not_undone_by_an_export_from_before_it()
    {
        await using var index = await RereadOwner.StartAsync();
        var (before, after) = (Message(0, "1", "tpyo"), Message(0, "1", "typo") with { Edited = true });
        await index.ImportAsync(before);
        await index.ImportAsync(after);
        index.Embedded.Clear();

        Assert.Equal((0, 0, 1), RereadOwner.Counts(await index.ImportAsync(before)));
        Assert.Empty(index.Embedded);
        Assert.Equal(("typo", true), (await BestAsync(index, "typo") is { } hit ? (hit.Text, hit.Edited) : default));
        Assert.Equal((0, 1, 0), RereadOwner.Counts(await index.ImportAsync(after with { Text = "edited again" })));
    }

    [Fact]
    public async Task What_an_export_does_not_say_stays_as_another_said_it()
    {
        await using var index = await RereadOwner.StartAsync();
        var told = Message(0, "1", "a") with { Author = "Ann", AuthorId = "u7", Role = "user", ReplyTo = "0", Attachments = ["one.jpg"] };
        await index.ImportAsync(told);

        var again = await index.ImportAsync(
            told with { Author = null, AuthorId = null, Role = null, ReplyTo = null, Attachments = [], SentAt = null });

        Assert.Equal((0, 0, 1), RereadOwner.Counts(again));
        var hit = await BestAsync(index, "a");
        Assert.Equal(("Ann", "u7", "user", "0", Noon), (hit.Author, hit.AuthorId, hit.Role, hit.ReplyTo, hit.SentAt!.Value));
        Assert.Equal(["one.jpg"], hit.Attachments);
    }

    [Fact]
    public async Task A_time_whose_zone_is_known_is_not_replaced_by_one_that_is_guessed()
    {
        await using var index = await RereadOwner.StartAsync();
        var berlin = Message(0, "1", "a") with { SentAt = new(2024, 5, 6, 12, 0, 0, TimeSpan.FromHours(2)), Zone = SentZone.Given };
        await index.ImportAsync(berlin);

        var guessed = await index.ImportAsync(berlin with { SentAt = Noon, Zone = SentZone.Assumed });

        Assert.Equal((0, 0, 1), RereadOwner.Counts(guessed));
        var hit = await BestAsync(index, "a");
        Assert.Equal((berlin.SentAt, TimeSpan.FromHours(2), SentZone.Given), (hit.SentAt, hit.SentAt!.Value.Offset, hit.Zone));
    }

    [Fact]
    public async Task A_guessed_time_is_replaced_once_its_zone_is_told()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Message(0, "1", "a") with { Zone = SentZone.Assumed });
        var told = Message(0, "1", "a") with { SentAt = Noon.AddHours(-2).ToOffset(TimeSpan.FromHours(2)), Zone = SentZone.Given };

        Assert.Equal((0, 1, 0), RereadOwner.Counts(await index.ImportAsync(told)));
        Assert.Equal(SentZone.Given, (await BestAsync(index, "a")).Zone);
    }

    [Fact]
    public async Task A_message_twice_in_a_file_is_there_once_as_it_was_last()
    {
        await using var index = await RereadOwner.StartAsync();

        var report = await index.ImportAsync(Message(0, "1", "a"), Message(1, "1", "a"), Message(2, "1", "b"), Message(3, "1", "a"));

        Assert.Equal((1, 2, 1), RereadOwner.Counts(report));
        Assert.Equal(1, await index.Owner.SizeAsync());
        Assert.Equal("a", (await BestAsync(index, "a")).Text);
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_is_counted_once()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Message(0, "1", "a"));
        var (upload, claim) = await index.BeginAsync();
        var messages = new[] { Message(0, "1", "a"), Message(1, "2", "b") };

        await index.AddAsync(claim, messages);
        await index.AddAsync(claim, messages);

        Assert.Equal((1, 0, 1), RereadOwner.Counts(await index.FinishAsync(upload, claim, 2)));
    }

    [Fact]
    public async Task Counts_survive_a_kill()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Message(0, "1", "a"));
        var (upload, claim) = await index.BeginAsync();
        await index.AddAsync(claim, Message(0, "1", "a"), Message(1, "2", "b"));

        await using var next = await index.Owner.KillAsync();
        var again = await next.ClaimAsync();
        await next.AddAsync(again, Message(2, "1", "a"));
        await next.FinishAsync(again, 3);

        Assert.Equal((1, 0, 2), RereadOwner.Counts((await next.EndAsync(upload)).Files[0].Report!));
    }

    [Fact]
    public async Task A_file_imported_before_is_unchanged_as_a_whole()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("same", "a", "b", "c");

        var second = await owner.OpenAsync("same");

        Assert.Equal((0, 0, 3), RereadOwner.Counts((await owner.EndAsync(second)).Files[0].Report!));
    }

    [Fact]
    public async Task A_file_is_read_anew_where_it_is_to_be_read_otherwise()
    {
        await using var owner = await TestOwner.StartAsync();
        await owner.ImportAsync("same", "a");
        ReadingOptions[] others = [new("Europe/Berlin"), new(DayFirst: false), new(DayFirst: true), new(Format: "whatsapp")];
        foreach (var reading in others)
        {
            var upload = await owner.OpenAsync(2, false, reading, "same", "same");
            var claim = await owner.ClaimAsync(await owner.Queue.NextAsync());
            Assert.Equal(reading, claim.Reading);
            await owner.AddAsync(claim.Key!, 0, "a");
            await owner.FinishAsync(claim.Key!, 1);
            Assert.Equal([null, upload], (await owner.EndAsync(upload)).Files.Select(file => file.DuplicateOf));
        }

        Assert.Equal(5, await owner.SizeAsync());
    }

    [Fact]
    public async Task Where_duplicates_are_allowed_everything_is_new()
    {
        await using var index = await RereadOwner.StartAsync();
        ParsedMessage[] messages = [Message(0, "1", "a"), Message(1, "1", "a")];
        await index.ImportAsync(messages);

        Assert.Equal((2, 0, 0), RereadOwner.Counts(await index.ImportAsync(messages, allowDuplicates: true)));
        Assert.Equal(3, await index.Owner.SizeAsync());
    }

    [Fact]
    public async Task What_was_added_anew_on_demand_is_not_what_a_later_file_is_linked_to()
    {
        await using var owner = await TestOwner.StartAsync();
        foreach (var allow in (bool[])[true, false])
        {
            var upload = await owner.OpenAsync(2, allow, "same");
            var claim = await owner.ClaimAsync();
            await owner.AddAsync(claim, 0, "a");
            await owner.FinishAsync(claim, 1);
            Assert.Null(Assert.Single((await owner.EndAsync(upload)).Files).DuplicateOf);
        }

        var third = await owner.OpenAsync(2, false, "same");
        Assert.NotNull(Assert.Single((await owner.EndAsync(third)).Files).DuplicateOf);
        Assert.Equal(2, await owner.SizeAsync());
    }

    [Fact]
    public async Task Messages_without_an_identity_are_always_new()
    {
        await using var index = await RereadOwner.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            var report = await index.ImportAsync(
                Message(0, null, "a"), Message(1, "1", "a") with { Conversation = new(1, "test", null, null) });
            Assert.Equal((2, 0, 0), RereadOwner.Counts(report));
        }

        Assert.Equal(4, await index.Owner.SizeAsync());
    }

    [Fact]
    public async Task A_file_that_failed_takes_the_names_it_brought_with_it()
    {
        await using var index = await RereadOwner.StartAsync();
        await index.ImportAsync(Message(0, "1", "a"));
        var (_, claim) = await index.BeginAsync();
        await index.AddAsync(claim, Message(0, "2", "b") with { Author = "zoe" });
        Assert.Equal(1, index.Owner.Sql("SELECT count(*) FROM participants WHERE name = 'zoe'"));

        await index.Owner.Grain.FailFileAsync(claim, new(FileErrorKind.Damaged, "bad"), default);

        Assert.Equal(0, index.Owner.Sql("SELECT count(*) FROM participants WHERE name = 'zoe'"));
        Assert.Equal(1, index.Owner.Sql("SELECT count(*) FROM participants WHERE name = 'ann'"));
    }

    private static ParsedMessage Message(long ordinal, string? id, string text) =>
        TestOwner.Message(ordinal, text, "c", id) with { SentAt = Noon };

    private static async Task<SearchHit> BestAsync(RereadOwner index, string text) => (await index.Owner.SearchAsync(text, 1))[0];
}
