using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes workspace exports as Slack does: lists at the top, a folder a conversation, an array of messages a day, slashes escaped.</summary>
internal sealed class SlackExport
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, IndentSize = 4 };

    private readonly Dictionary<string, JsonArray> _files = [];

    /// <summary>An export with what is awkward in the platform's.</summary>
    public static TestExport Small() => new SlackExport()
        .User("U1", "ann", display: "Ann")
        .User("U2", "bob", real: "Bob &amp; Co")
        .User("U3", "crab", real: "Crab", botId: "B3")
        .Channel("C1", "general", "U1", "U2")
        .Direct("D1", "U1", "U2")
        .Direct("D2", "U1", "U1")
        .Message("general", "2024-01-02", """{"user":"U1","type":"message","subtype":"channel_join","text":"<@U1> has joined the channel","ts":"1704153600.000100"}""")
        .Message("general", "2024-01-02", """
            {"client_msg_id":"x","type":"message","text":"Hello <@U2>, see <https://example.org/a|the page> &amp;amp; &lt;rest&gt;","user":"U1",
             "ts":"1704153600.000200","thread_ts":"1704153600.000200","reply_count":2,"edited":{"user":"U1","ts":"1704153601.000000"},
             "blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"Hello"}]}]}],
             "user_profile":{"display_name":"Other","real_name":"Other"},"reactions":[{"name":"+1","users":["U2"],"count":1}]}
            """)
        .Message("general", "2024-01-02", """{"user":"U2","text":"a reply","ts":"1704153700.000000","thread_ts":"1704153600.000200","parent_user_id":"U1"}""")
        .Message("general", "2024-01-03", """
            {"subtype":"thread_broadcast","user":"U2","text":"for all","ts":"1704240000.000001","thread_ts":"1704153600.000200","root":{"user":"U1","text":"no"}}
            """)
        .Message("general", "2024-01-03", """
            {"text":"","username":"builds","attachments":[{"id":1,"color":"good","fallback":"Build 7 passed","title":null}],"type":"message",
             "subtype":"bot_message","ts":"1704240001.000000","bot_id":"B9","icons":{"emoji":":crab:"}}
            """)
        .Message("general", "2024-01-03", """
            {"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*Lunch* with <@U1>","verbatim":false}}],"bot_id":"B3","type":"message",
             "text":"","user":"U3","ts":"1704240002.000000","attachments":[{"fallback":"[no preview available]"}]}
            """)
        .Message("general", "2024-01-03", """
            {"type":"message","subtype":"file_share","text":"<@U2> uploaded a file: <https://example.org/f|a.md> and commented: as agreed",
             "file":{"id":"F1","name":"a.md","initial_comment":{"user":"U2","comment":"as agreed"}},"user":"U2","upload":true,"bot_id":null,
             "username":"","ts":"1704240003.000000"}
            """)
        .Message("general", "2024-01-03", """{"type":"message","text":"","files":[{"id":"F2","mode":"tombstone"},{"name":"b.png"}],"user":"U1","ts":"1704240004.000000"}""")
        .Message("general", "2024-01-03", """{"type":"message","subtype":"tombstone","text":"This message was deleted.","user":"USLACKBOT","ts":"1704240005.000000"}""")
        .Message("D1", "2024-01-03", """{"type":"message","text":"just us","user":"U2","ts":"1704240006.000000","files":[{"name":"c.txt","title":"C"}]}""")
        .Message("D2", "2024-01-03", """{"type":"message","text":"note to self \ud83d\ude00","user":"U1","ts":"1704240007.000000"}""")
        .ToExport();

    public SlackExport User(string id, string name, string display = "", string? real = null, string? botId = null) =>
        Add("users.json", new JsonObject
        {
            ["id"] = id, ["team_id"] = "T1", ["name"] = name, ["deleted"] = false, ["is_bot"] = botId is not null,
            ["profile"] = new JsonObject { ["display_name"] = display, ["real_name"] = real ?? "", ["bot_id"] = botId },
        });

    public SlackExport Channel(string id, string name, params string[] members) => List("channels.json", id, name, members);

    public SlackExport Group(string id, string name, params string[] members) => List("groups.json", id, name, members);

    public SlackExport Several(string id, string name, params string[] members) => List("mpims.json", id, name, members);

    public SlackExport Direct(string id, params string[] members) => List("dms.json", id, null, members);

    public SlackExport Message(string folder, string day, string message) => Add($"{folder}/{day}.json", JsonNode.Parse(message));

    /// <summary>The files, all below a folder where one is named.</summary>
    public TestExport ToExport(string below = "")
    {
        var export = new TestExport();
        foreach (var (path, content) in _files)
            export.With(below + path, content.ToJsonString(Pretty).Replace("/", "\\/", StringComparison.Ordinal));
        return export;
    }

    private SlackExport List(string list, string id, string? name, string[] members)
    {
        var entry = new JsonObject { ["id"] = id, ["created"] = 1704153600, ["members"] = new JsonArray([.. members.Select(m => JsonValue.Create(m))]) };
        if (name is not null)
            entry["name"] = name;
        return Add(list, entry);
    }

    private SlackExport Add(string path, JsonNode? entry)
    {
        if (!_files.TryGetValue(path, out var list))
            _files[path] = list = [];
        list.Add(entry);
        return this;
    }
}
