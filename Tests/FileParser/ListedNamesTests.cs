using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Lists of people and chats are remembered while messages are read, and so the names on them are counted.</summary>
public sealed class ListedNamesTests
{
    private const string Warning = "more names of ";

    // Each can be held, the two together cannot.
    private static readonly string First = new('1', (HeldNames.MostChars / 2) - 200);
    private static readonly string Second = new('2', (HeldNames.MostChars / 2) + 200);

    public static TheoryData<string> Formats => ["mattermost", "zulip", "rocketchat", "matrix", "discord package"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Names_beyond_those_that_can_be_held_are_not_used_and_a_warning_says_so(string format)
    {
        var survey = Export(format).Open().Survey();
        Assert.StartsWith(Warning, Assert.Single(survey.Report!.Warnings), StringComparison.Ordinal);
        var messages = ChatFile.Read(survey, 0).ToList();
        Assert.Equal(["a", "b"], messages.Select(message => message.Text).Order());
        Assert.Contains(messages, message => NamesOf(message).Contains(First));
        Assert.DoesNotContain(messages, message => NamesOf(message).Contains(Second));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Names_that_can_be_held_are_used(string format)
    {
        var survey = Export(format, second: "short").Open().Survey();
        Assert.Empty(survey.Report!.Warnings);
        var names = ChatFile.Read(survey, 0).SelectMany(NamesOf).ToHashSet();
        Assert.True(names.IsSupersetOf([First, "short"]), string.Join(", ", names.Select(name => name?.Length)));
    }

    [Fact]
    public void A_Signal_export_with_more_names_than_can_be_held_is_refused()
    {
        var name = new string('n', 900);
        var people = Enumerable.Range(0, HeldNames.MostChars / 900).Select(i =>
            $$$"""{"recipient":{"id":"{{{i}}}","contact":{"profileGivenName":"{{{name}}}"} } }""");
        var export = string.Join('\n', people.Prepend("""{"version":"1","backupTimeMs":"1"}"""));
        Assert.StartsWith("more names of authors and chats", TestExport.Of(export).Refusal().Detail, StringComparison.Ordinal);
    }

    private static string?[] NamesOf(ParsedMessage message) => [message.Author, message.Conversation.Title];

    private static TestExport Export(string format, string? second = null)
    {
        second ??= Second;
        return format switch
        {
            "mattermost" => TestExport.Of(string.Join('\n', MattermostUser("u1", First), MattermostUser("u2", second), MattermostPost("u1", "a", 1), MattermostPost("u2", "b", 2))),
            "zulip" => new ZulipExport().Message(1, 1, 11, 31, "t", "a", 1).Message(1, 2, 12, 31, "t", "b", 2).ToExport(withRealm: false)
                .With("zulip-export/realm.json", $$"""
                    {"zerver_realm":[{"id":2,"string_id":"crabs","date_created":1.5}],
                     "zerver_userprofile":[{"id":11,"full_name":"{{First}}"},{"id":12,"full_name":"{{second}}"}]}
                    """),
            "rocketchat" => new TestExport()
                .With("dump/rocketchat_message.json", Content(new RocketChatExport().Message("m1", "R1", "ann", "a", 1).Message("m2", "R2", "ann", "b", 2).Lines()))
                .With("dump/rocketchat_room.json", $$"""
                    [{"_id":"R1","t":"c","name":"{{First}}","usersCount":1,"msgs":1},{"_id":"R2","t":"c","name":"{{second}}","usersCount":1,"msgs":1}]
                    """),
            "matrix" => new MatrixExport()
                .Event("$1", "m.room.member", $$"""{"membership":"join","displayname":"{{First}}"}""", more: "\"state_key\":\"@ann:a.example\",")
                .Event("$2", "m.room.member", $$"""{"membership":"join","displayname":"{{second}}"}""", more: "\"state_key\":\"@bob:b.example\",")
                .Text("$3", "a").Text("$4", "b", "@bob:b.example").ToExport(),
            _ => new TestExport()
                .With("package/messages/index.json", $$"""{"1":"{{First}}","2":"{{second}}"}""")
                .With("package/messages/c1/messages.csv", $"{DiscordPackageExport.Csv}1,2020-01-01 00:00:01,a,\n")
                .With("package/messages/c1/channel.json", """{"id":"1","type":"DM"}""")
                .With("package/messages/c2/messages.csv", $"{DiscordPackageExport.Csv}2,2020-01-01 00:00:02,b,\n")
                .With("package/messages/c2/channel.json", """{"id":"2","type":"DM"}"""),
        };
    }

    private static byte[] Content(TestExport export) => export.Files.Single().Content;

    private static string MattermostUser(string username, string nickname) =>
        $$$"""{"type":"user","user":{"username":"{{{username}}}","nickname":"{{{nickname}}}"}}""";

    private static string MattermostPost(string user, string text, int at) =>
        $$$"""{"type":"post","post":{"team":"t","channel":"c","user":"{{{user}}}","message":"{{{text}}}","create_at":{{{at}}}000}}""";
}
