using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class KeptSumsTests
{
    private static readonly ParsingOptions Keep = new() { OnDamage = OnDamage.Keep };

    /// <summary>Exports with a damage behind entries that were read, what is read of them, and how many entries are lost.</summary>
    public static TheoryData<string, string, string[], long> Damages
    {
        get
        {
            const string Version = """{"type":"version","version":1}""" + "\n";
            const string Good = """{"user":"v","message":"two","create_at":1705311200001}""";
            const string Begun = """{"type":"post","post":{"team":"t","channel":"c","user":"u",""";
            const string Post = $$"""{{Begun}}"message":"one","create_at":1705311200000,"replies":[""";
            const string Last = "\n" + $$$"""{{{Begun}}}"message":"end","create_at":1705311200009}}""";
            const string Turns = """[{"id":"1","conversations":[{"from":"human","value":"one"},{"from":"gpt","value":"two"}""";
            const string LastTurns = """{"id":"2","conversations":[{"from":"human","value":"end"}]}]""";
            const string Node = """{"message":{"id":"m","author":{"role":"user"},"content":{"parts":["one"]}},"parent":null}""";
            const string Lines = """{"messages":[{"role":"user","content":"one"}""";
            return new()
            {
                { "mattermost", $$"""{{Version}}{{Post}}{{Good}},7]},"x":"\q"}{{Last}}""", ["one", "two", "end"], 1 },
                { "mattermost", $$"""{{Version}}{{Post}}{{Good}}]},"x":"\q"}{{Last}}""", ["one", "two", "end"], 0 },
                { "mattermost", $$$"""{{{Version}}}{{{Post}}}{{{Good}}},7],"x":"\q"}}{{{Last}}}""", ["end"], 3 },
                { "sharegpt", $$"""{{Turns}}],"x":"\q"},{{LastTurns}}""", ["end"], 2 },
                { "sharegpt", $$"""{{Turns}},7,null],"x":"\q"},{{LastTurns}}""", ["end"], 4 },
                { "sharegpt", $$"""[{"id":"1","conversations":[7],"x":"\q"},{{LastTurns}}""", ["end"], 1 },
                { "sharegpt", $$"""[{"id":"1","conversations":[],"x":"\q"},{{LastTurns}}""", ["end"], 1 },
                {
                    "chatgpt",
                    $$$"""[{"mapping":{"a":{{{Node}}},"b":{{{Node}}},"c":{{{Node}}}},"x":"\q"},{"mapping":{"a":{{{Node}}}}}]""",
                    ["one"], 3
                },
                {
                    "claude",
                    """
                    [{"uuid":"1","chat_messages":[{"sender":"human","text":"one"},{"sender":"human","text":"two"}],"x":"\q"},
                     {"uuid":"2","chat_messages":[{"sender":"human","text":"end"}]}]
                    """,
                    ["end"], 2
                },
                { "openai", $$"""{{Lines}},7],"x":"\q"}{{"\n"}}{{Lines}}]}""", ["one", "one"], 1 },
                { "openai", $$"""{{Lines}}],"x":"\q"}{{"\n"}}{{Lines}}]}""", ["one", "one"], 0 },
                { "openai", $$"""{{Lines}},{"role":"user","con{{"\n"}}{{Lines}}]}""", ["one", "one"], 1 },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Messages_and_what_is_skipped_are_all_entries_wherever_a_damage_shows(string format, string file, string[] texts, long lost)
    {
        var export = new TestExport { Parsing = Keep, Options = new ReadingOptions { Format = format } }.With("", file);
        Assert.Equal(texts, export.Texts());
        Assert.Equal(texts[1..], export.Messages(from: 1).Select(message => message.Text));
        Assert.Equal(lost, export.Report().Skipped.Values.Sum());
        Assert.Equal(lost, export.Report().Skipped.GetValueOrDefault("damaged"));
        Assert.Contains(export.Report().Warnings, warning => warning.Contains("; it was skipped", StringComparison.Ordinal));
    }

    [Fact]
    public void A_turn_that_a_damage_breaks_off_is_none_without_a_text()
    {
        var export = new TestExport { Parsing = Keep }.With(
            "", """[{"id":"1","conversations":[{"from":"human","value":"one"},{"from":"gpt","x":"\q","value":"two"}]}]""");
        Assert.Equal(["one"], export.Texts());
        Assert.EndsWith("; it was skipped", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_a_list_of_conversations_is_not_read()
    {
        const string One = """{"id":"1","conversations":[{"from":"human","value":"one"}]}""";
        var export = new TestExport { Parsing = Keep }.With("", $"[{One}]\n{One}\n{One}\n");
        Assert.Equal(["one"], export.Texts());
        Assert.Empty(export.Report().Skipped);
        Assert.EndsWith("; what follows there was not read", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }
}
