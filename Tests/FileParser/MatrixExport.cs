using System.Text.Json;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes what Element writes of a room.</summary>
internal sealed class MatrixExport
{
    private readonly List<string> _events = [];

    /// <summary>A small export with all that is odd in it.</summary>
    public static TestExport Small() => new MatrixExport()
        .Event("$0", "m.room.create", """{"creator":"@ann:a.example"}""", more: "\"state_key\":\"\",")
        .Event("$1", "m.room.member", """{"membership":"join","displayname":"Ann"}""", more: "\"state_key\":\"@ann:a.example\",")
        .Text("$2", "helo")
        .Event("$3", "m.room.message", """
            {"msgtype":"m.text","body":"> <@ann:a.example> helo\n> there\n\nhi",
            "m.relates_to":{"m.in_reply_to":{"event_id":"$2"}}}
            """, "@bob:b.example")
        .Edit("$4", "$2", "hello")
        .Event("$5", "m.room.message", "{}", more: "\"unsigned\":{\"age\":1,\"redacted_because\":{\"type\":\"m.room.redaction\"}},")
        .Event("$6", "m.room.message", """{"msgtype":"m.bad.encrypted","body":"** Unable to decrypt: no keys **"}""")
        .Event("$7", "m.room.encrypted", """{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"x"}""")
        .Event("$8", "m.room.message", """{"msgtype":"m.image","body":"cat.jpg","url":"mxc://a.example/1"}""")
        .Event("$9", "m.room.message", """{"msgtype":"m.image","body":"my cat","filename":"cat.jpg"}""")
        .Event("$10", "m.reaction", """{"m.relates_to":{"rel_type":"m.annotation","event_id":"$2","key":"👍"}}""")
        .Event("$11", "m.room.message", """
            {"msgtype":"m.text","body":"in a thread",
            "m.relates_to":{"rel_type":"m.thread","event_id":"$2","is_falling_back":true,"m.in_reply_to":{"event_id":"$9"}}}
            """)
        .Event("$12", "m.sticker", """{"body":"wave"}""")
        .Event("$13", "m.room.message", """{"msgtype":"m.text","body":"old"}""", more: """
            "unsigned":{"m.relations":{"m.replace":{"event_id":"$99","content":{"body":"* new",
              "m.new_content":{"msgtype":"m.text","body":"new"}}}}},
            """)
        .ToExport();

    public MatrixExport Text(string id, string body, string sender = "@ann:a.example", string more = "") =>
        Event(id, "m.room.message", $$"""{"msgtype":"m.text","body":{{JsonSerializer.Serialize(body)}}}""", sender, more);

    public MatrixExport Answer(string id, string body) => Event(id, "m.room.message", $$$"""
        {"msgtype":"m.text","body":{{{JsonSerializer.Serialize(body)}}},"m.relates_to":{"m.in_reply_to":{"event_id":"$0"} } }
        """);

    public MatrixExport Edit(string id, string target, string body, string sender = "@ann:a.example", long at = 1_700_000_100_000) => Event(
        id, "m.room.message",
        $$$"""
        {"msgtype":"m.text","body":"* {{{body}}}","m.new_content":{"msgtype":"m.text","body":"{{{body}}}"},
         "m.relates_to":{"rel_type":"m.replace","event_id":"{{{target}}}"}}
        """,
        sender, at: at);

    public MatrixExport Event(
        string id, string type, string content, string sender = "@ann:a.example", string more = "", long at = 1_700_000_000_000) => Entry($$"""
            {
              "type": "{{type}}",
              "room_id": "!room:a.example",
              "sender": "{{sender}}",
              "content": {{content}},
              "origin_server_ts": {{at}},
              {{more}}
              "event_id": "{{id}}",
              "user_id": "{{sender}}"
            }
        """);

    public MatrixExport Entry(string json)
    {
        _events.Add(json);
        return this;
    }

    public TestExport ToExport() => TestExport.Of(ToJson());

    public string ToJson() => $$"""
        {
          "room_name": "The room",
          "room_creator": "Ann",
          "topic": "",
          "export_date": "January 1, 2024",
          "exported_by": "Ann",
          "messages": [
        {{string.Join(",\n", _events)}}
          ]
        }
        """;
}
