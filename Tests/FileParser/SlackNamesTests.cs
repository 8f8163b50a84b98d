using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Formats.Slack;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>A name may be far longer than the id that it stands for, and an id may be mentioned any number of times.</summary>
public sealed class SlackNamesTests
{
    private const int Mentions = 2200;
    private static readonly string Longest = new('n', SlackText.LongestName);

    // As many as there is room for, all as long as a name may be.
    private const int Fitting = SlackMentions.MostChars / SlackText.LongestName;

    [Fact]
    public void A_name_that_is_longer_than_any_is_is_cut()
    {
        var message = One(Longest + "n", "hi <@U1>");
        Assert.Equal(Longest, message.Author);
        Assert.Equal($"hi @{Longest}", message.Text);
        Assert.Equal(new string('n', SlackText.LongestName - 1), One($"{Longest[..^1]}🙂", "a").Author);
    }

    [Fact]
    public void What_a_message_mentions_beyond_the_names_that_it_may_hold_goes_by_its_id()
    {
        var expected = string.Concat(
            Enumerable.Repeat($"@{Longest}", Fitting).Concat(Enumerable.Repeat("@U1", Mentions - Fitting)));
        Assert.Equal(expected, One(new string('n', 1_000_000), Repeated("", "<@U1>")).Text);
    }

    [Fact]
    public void What_blocks_and_attachments_mention_beyond_the_names_that_a_message_may_hold_goes_by_its_id()
    {
        var elements = Repeated(",", """{"type":"user","user_id":"U1"}""");
        var fields = Repeated(",", """{"value":"<@U1>"}""");
        foreach (var words in (string[])[
            $$"""blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{{elements}}]}]}]""",
            $$"""attachments":[{"fields":[{{fields}}]}]"""])
        {
            var text = One(Longest, "", $",\"{words}").Text;
            Assert.Equal(Fitting, text.Split('n', StringSplitOptions.RemoveEmptyEntries).Count(part => part.EndsWith('@')));
            Assert.Equal(Mentions - Fitting, text.Split("@U1").Length - 1);
        }
    }

    [Fact]
    public void Each_message_may_hold_as_many_names()
    {
        var mentions = Repeated("", "<@U1>");
        var texts = Export(Longest, Entry(mentions, 1), Entry(mentions, 2)).Texts();
        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public void Users_beyond_those_that_can_be_held_go_by_their_ids_and_a_warning_says_so()
    {
        var others = Enumerable.Range(0, HeldNames.MostChars / SlackText.LongestName).Select(i => User($"W{i}", Longest));
        var survey = new TestExport()
            .With("users.json", $"[{string.Join(',', [User("U1", "Ann"), .. others, User("U2", Longest)])}]")
            .With("general/2024-01-01.json", $"[{Entry("a <@U2>", 1)}]").Open().Survey();
        Assert.StartsWith("more names of users and channels", Assert.Single(survey.Report!.Warnings), StringComparison.Ordinal);
        var message = Assert.Single(ChatFile.Read(survey, 0));
        Assert.Equal(("Ann", "a @U2"), (message.Author, message.Text));
    }

    private static ParsedMessage One(string name, string text, string more = "") =>
        Assert.Single(Export(name, Entry(text, 1, more)).Messages());

    private static TestExport Export(string name, params string[] entries) => new TestExport()
        .With("users.json", $"[{User("U1", name)}]").With("general/2024-01-01.json", $"[{string.Join(',', entries)}]");

    private static string User(string id, string name) => $$$"""{"id":"{{{id}}}","name":"u","profile":{"real_name":"{{{name}}}"}}""";

    private static string Entry(string text, int second, string more = "") =>
        $$"""{"type":"message","user":"U1","ts":"170406720{{second}}.000100","text":"{{text}}"{{more}}}""";

    private static string Repeated(string separator, string part) => string.Join(separator, Enumerable.Repeat(part, Mentions));
}
