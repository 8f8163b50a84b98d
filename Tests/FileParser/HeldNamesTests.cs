using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Names of chats are held until a part's end, and so they are counted.</summary>
public sealed class HeldNamesTests
{
    // Each can be held, the two together cannot.
    private static readonly string[] Long =
        [new string('1', (HeldNames.MostChars / 2) - 100), new string('2', (HeldNames.MostChars / 2) + 100)];

    public static TheoryData<string> Formats => ["mattermost", "rocketchat", "zulip"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void More_names_of_chats_than_can_be_held_are_refused(string format)
    {
        var error = Export(format, new()).Open().Survey().Error!;
        Assert.Equal(FileErrorKind.Damaged, error.Kind);
        Assert.StartsWith("more names of authors and chats than can be held at once", error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Where_damages_are_kept_what_names_such_a_chat_is_passed_over_and_the_rest_is_put_in_order(string format)
    {
        var survey = Export(format, new() { OnDamage = OnDamage.Keep }).Open().Survey();
        Assert.Equal((3L, 2), (survey.Report!.Messages, survey.Report.Conversations));
        Assert.Equal(1L, survey.Report.Skipped["damaged"]);
        Assert.Equal(["early", "late", "long"], ChatFile.Read(survey, 0).Select(message => message.Text));
    }

    private static TestExport Export(string format, ParsingOptions parsing)
    {
        // Where the name is also the title it counts twice.
        var lengths = format == "mattermost" ? 2 : 1;
        string[] names = [.. Long.Select(name => name[..(name.Length / lengths)])];
        (string Name, string Text, int At)[] messages =
            [("7", "late", 2), (names[0], "long", 0), (names[1], "too long", 0), ("7", "early", 1)];
        var lines = messages.Select(message => Line(format, message.Name, message.Text, 1705311000 + message.At));
        var content = format == "zulip" ? $"{{\"zerver_message\":[{string.Join(',', lines)}]}}" : string.Join('\n', lines);
        return new TestExport { Parsing = parsing }.With("", content);
    }

    private static string Line(string format, string name, string text, int at) => format switch
    {
        "mattermost" =>
            $$$"""{"type":"post","post":{"team":"t","channel":"{{{name}}}","user":"u","message":"{{{text}}}","create_at":{{{at}}}000}}""",
        "rocketchat" =>
            $$$"""{"_id":"{{{at}}}{{{text}}}","rid":"{{{name}}}","msg":"{{{text}}}","ts":{"$date":{{{at}}}000},"u":{"username":"u"}}""",
        _ => $$"""{"id":1,"sender":1,"recipient":{{name}},"subject":"s","content":"{{text}}","date_sent":{{at}} }""",
    };
}
