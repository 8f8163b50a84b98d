namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes messages as Rocket.Chat's database, interface and own export do.</summary>
internal sealed class RocketChatExport
{
    private readonly List<string> _messages = [];

    /// <summary>An export with what is awkward in the platform's: the database's lines.</summary>
    public static TestExport Small() => Oddities().Lines();

    public static RocketChatExport Oddities() => new RocketChatExport()
        .Message("m1", "R1", "ann", "joined", 1710517481889, "\"t\":\"uj\",\"groupable\":false")
        .Message("m2", "R1", "ann", "Hello \\ud83d\\ude00 &amp;", 1710517482000, """
            "urls":[],"mentions":[],"md":[{"type":"PARAGRAPH","value":[{"type":"PLAIN_TEXT","value":"Hello"}]}],"tcount":1,"tlm":{"$date":"2024-03-15T15:45:00.000Z"},
            "editedAt":{"$date":"2024-03-15T15:46:00.000Z"},"editedBy":{"_id":"x","username":"ann"},"reactions":{":+1:":{"usernames":["bob"]}}
            """)
        .Message("m3", "R1", "bob", "an answer", 1710517483000, "\"tmid\":\"m2\",\"tshow\":true")
        .Message("m4", "R2", "bob", "", 1710517484000, "\"file\":{\"_id\":\"f\",\"name\":\"a.png\"},\"files\":[{\"name\":\"a.png\"}],\"attachments\":[{\"title\":\"a.png\",\"title_link\":\"/x/a.png\",\"type\":\"file\",\"description\":\"my cat\"}]")
        .Message("m5", "R2", "bob", "", 1710517485000, "\"file\":{\"_id\":\"f\",\"name\":\"b.png\"},\"attachments\":[{\"title\":\"b.png\",\"title_link\":\"/x/b.png\",\"type\":\"file\"}]")
        .Message("m6", "R2", "bob", "I agree", 1710517486000, "\"attachments\":[{\"text\":\"quoted\",\"author_name\":\"ann\",\"message_link\":\"https://example.org/m\",\"ts\":{\"$date\":\"2024-03-15T15:46:00.000Z\"}}]")
        .Message("m7", "R2", "crab", "", 1710517487000, "\"bot\":{\"i\":\"x\"},\"alias\":\"builds\",\"attachments\":[{\"title\":\"Build 7\",\"text\":\"passed\",\"color\":\"#0f0\"}]")
        .Message("m8", "R2", "ann", "Zm9v", 1710517488000, "\"t\":\"e2e\",\"e2e\":\"pending\"")
        .Message("m9", "R2", "ann", "", 1710517489000, "\"t\":\"rm\"");

    public RocketChatExport Message(string id, string? room, string user, string text, long at, string more = "\"unread\":false", string? time = null)
    {
        var ts = time ?? $$"""{"$date":"{{DateTimeOffset.FromUnixTimeMilliseconds(at):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}"}""";
        var rid = room is null ? "" : $"\"rid\":\"{room}\",";
        _messages.Add($$"""
            {"_id":"{{id}}",{{rid}}"msg":"{{text}}","ts":{{ts}},"u":{"_id":"id-{{user}}","username":"{{user}}","name":"{{char.ToUpperInvariant(user[0])}}{{user[1..]}}"},{{more}}}
            """.ReplaceLineEndings(" "));
        return this;
    }

    public TestExport Lines() => TestExport.Of(string.Join('\n', _messages) + "\n");

    public TestExport Array() => TestExport.Of($"[{string.Join(",\n", _messages)}]");

    public TestExport Answer() =>
        TestExport.Of($$"""{"messages":[{{string.Join(',', _messages)}}],"count":{{_messages.Count}},"offset":0,"total":{{_messages.Count}},"success":true}""");
}
