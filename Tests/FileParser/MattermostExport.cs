using System.Text;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes bulk exports as Mattermost does: a line an object, lists first, posts in no order.</summary>
internal sealed class MattermostExport
{
    private readonly StringBuilder _lines = new("{\"type\":\"version\",\"version\":1,\"info\":{\"generator\":\"mattermost-server\"}}\n");

    /// <summary>An export with what is awkward in the platform's.</summary>
    public static TestExport Small() => new MattermostExport()
        .Line("team", """{"name":"core","display_name":"Core Team","type":"O","description":"","allow_open_invite":true}""")
        .Line("channel", """{"team":"core","name":"town-square","display_name":"Town Square","type":"O","header":"","purpose":""}""")
        .User("ann", "Annie", "Ann", "Berg")
        .User("bob", "", "Bob", "")
        .Line("bot", """{"username":"crab","display_name":"Crab","owner":"ann"}""")
        .Post("core", "town-square", "bob", "second \\u0001\\u0000", 1705311200000)
        .Post("core", "town-square", "ann", "first", 1705311100000, """
            "type":"","edit_at":1705311150000,"reactions":[{"user":"bob","create_at":1,"emoji_name":"+1"}],"replies":[
            {"user":"bob","type":"","message":"earlier reply","create_at":1705311099000,"edit_at":0,"attachments":[{"path":"a/b/d.txt"}]},
            {"user":"ann","type":"","message":"","create_at":1705311120000,"attachments":[{"path":"20240115/teams/x/e.png"}]}],"is_pinned":true
            """)
        .Post("core", "town-square", "bob", "bob joined the channel.", 1705311000000, "\"type\":\"system_join_channel\",\"replies\":null")
        .Post("core", "town-square", "crab", "", 1705311300000, """
            "type":"slack_attachment","props":{"attachments":[{"fallback":"Build 7 passed","text":""}],"from_webhook":"true","override_username":"builds"}
            """)
        .Post("core", "town-square", "ann", "", 1705311400000, "\"replies\":[]")
        .Direct("\"bob\",\"ann\"", "bob", "just us", 1705311500000)
        .Direct("\"ann\",\"bob\"", "ann", "yes 😀", 1705311600000)
        .Direct("\"ann\",\"ann\"", "ann", "note to self", 1705311700000)
        .ToExport();

    public MattermostExport Line(string type, string content)
    {
        _lines.Append("{\"type\":\"").Append(type).Append("\",\"").Append(type).Append("\":").Append(content.ReplaceLineEndings(" ")).Append("}\n");
        return this;
    }

    public MattermostExport User(string username, string nickname, string first, string last) => Line("user", $$"""
        {"username":"{{username}}","email":"{{username}}@example.org","auth_service":"","nickname":"{{nickname}}","first_name":"{{first}}","last_name":"{{last}}","teams":[{"name":"core","channels":[{"name":"town-square"}]}]}
        """);

    public MattermostExport Post(string team, string channel, string user, string message, long at, string more = "\"type\":\"\"") =>
        Line("post", $$"""{"team":"{{team}}","channel":"{{channel}}","user":"{{user}}","message":"{{message}}","create_at":{{at}},{{more}}}""");

    public MattermostExport Direct(string members, string user, string message, long at) => Line("direct_post", $$"""
        {"channel_members":[{{members}}],"user":"{{user}}","type":"","message":"{{message}}","props":{},"create_at":{{at}},"flagged_by":null,"reactions":null,"replies":null,"attachments":null}
        """);

    public TestExport ToExport() => TestExport.Of(_lines.ToString());
}
