using System.Globalization;
using System.Text.Json;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes what Teams and Skype export: the personal export, and lists of chatMessages.</summary>
internal static class TeamsExport
{
    public const string Chat = "19:2da4@thread.v2";

    private const string Quote =
        "<quote author=\"ann\" authorname=\"Ann\" timestamp=\"1709632800\" conversation=\"x\" messageid=\"5\">"
        + "<legacyquote>[10:00] Ann: </legacyquote>hers<legacyquote>\n\n&lt;&lt;&lt; </legacyquote></quote>";

    /// <summary>An entry of a MessageList: so many minutes after ten.</summary>
    public static string Entry(
        string id,
        int minute,
        string content,
        string type = "RichText",
        string? name = "Ann",
        string from = "8:live:ann",
        string properties = "null") =>
        string.Create(CultureInfo.InvariantCulture, $$"""
            {"id":"{{id}}","displayName":{{JsonSerializer.Serialize(name)}},"originalarrivaltime":"2024-03-05T10:{{minute:00}}:00.123Z",
             "messagetype":"{{type}}","version":1709551234567,"content":{{JsonSerializer.Serialize(content)}},"conversationid":"{{Chat}}",
             "from":"{{from}}","properties":{{properties}},"amsreferences":null}
            """);

    /// <summary>The personal export with one conversation.</summary>
    public static string Personal(params string[] entries) => PersonalOf(Conversation(Chat, "Choir", entries));

    public static string PersonalOf(params string[] conversations) =>
        $$"""{"userId":"8:live:me","exportDate":"2024-03-06T11:00","conversations":[{{string.Join(',', conversations)}}]}""";

    public static string Conversation(string id, string? name, params string[] entries) => $$"""
        {"id":"{{id}}","displayName":{{JsonSerializer.Serialize(name)}},"version":1.0,
         "properties":{"conversationblocked":false,"lastimreceivedtime":null},
         "threadProperties":{"membercount":2,"members":"[\"8:live:ann\"]","topic":"the topic"},"messages":null,
         "MessageList":[{{string.Join(',', entries)}}]}
        """;

    /// <summary>A chatMessage as Graph gives it.</summary>
    public static string Graph(
        string id, int minute, string content, string more = "", string chat = $"\"{Chat}\"", string type = "html") =>
        string.Create(CultureInfo.InvariantCulture, $$$"""
            {"id":"{{{id}}}","replyToId":null,"etag":"{{{id}}}","messageType":"message",
             "createdDateTime":"2024-03-05T10:{{{minute:00}}}:00.12Z",
             "lastModifiedDateTime":"2024-03-05T11:00:00Z","lastEditedDateTime":null,"deletedDateTime":null,"subject":null,
             "chatId":{{{chat}}},
             "from":{"application":null,"device":null,"user":{"id":"u-1","displayName":"Ann","userIdentityType":"aadUser"} },
             "body":{"contentType":"{{{type}}}","content":{{{JsonSerializer.Serialize(content)}}} },
             "attachments":[],"mentions":[],"reactions":[]{{{more}}} }
            """);

    /// <summary>An event: it comes from nobody.</summary>
    public static string GraphEvent(string id, int minute) => Graph(id, minute, "<systemEventMessage/>")
        .Replace("\"messageType\":\"message\"", "\"messageType\":\"unknownFutureValue\"", StringComparison.Ordinal)
        .Replace("""{"id":"u-1","displayName":"Ann","userIdentityType":"aadUser"}""", "null", StringComparison.Ordinal);

    /// <summary>Graph's list.</summary>
    public static string Page(params string[] messages) => $$"""
        {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#chats('19%3A2da4%40thread.v2')/messages",
         "@odata.count":2,"value":[{{string.Join(',', messages)}}]}
        """;

    /// <summary>A message of a compliance export, which writes its keys with capitals.</summary>
    public static string Compliance(string id, string chat, int minute, string content, bool isEvent = false) =>
        string.Create(CultureInfo.InvariantCulture, $$$"""
            {"Id":"{{{id}}}","ChatId":"{{{chat}}}","MessageType":"{{{(isEvent ? "unknownFutureValue" : "message")}}}",
             "CreatedDateTime":"2024-03-05T10:{{{minute:00}}}:00Z","DeletedDateTime":null,"ReplyToId":null,
             "From":{{{(isEvent ? "null" : "{\"User\":{\"Id\":\"u-1\",\"DisplayName\":\"Ann\"}}")}}},
             "Body":{"ContentType":"html","Content":{{{JsonSerializer.Serialize(content)}}} },"Attachments":[]}
            """);

    /// <summary>A small export with all that is odd.</summary>
    public static TestExport Small() => TestExport.Of(PersonalOf(
        Conversation(
            Chat, null,
            Entry("9", 9, "<b raw_pre=\"*\" raw_post=\"*\">last</b> &amp; least <ss type=\"smile\">:)</ss>"),
            Entry("8", 8, Quote + "mine", name: null, from: "8:live:me"),
            Entry("7", 7, "<URIObject uri=\"x\"><OriginalName v=\"plan.pdf\"/></URIObject>", "RichText/Media_GenericFile"),
            Entry("6", 6, "<addmember><target>8:live:bo</target></addmember>", "ThreadActivity/AddMember"),
            Entry("5", 5, "first\nof all<e_m ts=\"1709632801\" ts_ms=\"1709632801000\" a=\"live:ann\" t=\"61\"></e_m>"),
            Entry("4", 4, "", properties: "{\"deletetime\":\"1709632900000\"}"),
            Entry("3", 3, "a < b & c", "Text"),
            Entry("2", 2, "<p>in&nbsp;Teams</p>\n<p><at id=\"0\">Bo</at>: <img alt=\"x\" src=\"y\"></p>", "RichText/Html")),
        Conversation("48:calllogs", null, Entry("1", 1, "Call Logs for Call 1")),
        Conversation("8:live:bo", "Bo")));

    /// <summary>A small list of chatMessages with all that is odd.</summary>
    public static TestExport SmallList() => TestExport.Of(Page(
        Graph("1709632920000", 2, "<div>\n<div>second</div>\n</div>", ",\"importance\":\"normal\""),
        GraphEvent("1709632860000", 1),
        Graph("1709632800000", 0, "<p>first <at id=\"0\">Bo</at> <emoji alt=\"🙂\"></emoji></p>")));
}
