using System.Text;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes what Telegram Desktop writes: indented by a space a level, and not always JSON.</summary>
internal sealed class TelegramExport
{
    // Stand for the line separators until the bytes are written.
    private const char Line = '\uE000';
    private const char Paragraph = '\uE001';

    private readonly List<string> _messages = [];

    public string? Name { get; init; } = "Ann";

    public string? Type { get; init; } = "personal_chat";

    public string Id { get; init; } = "11";

    /// <summary>A small export of a whole account, with all that is odd in Telegram's.</summary>
    public static TestExport Small() => new TestExport().With("", Account(
        new TelegramExport()
            .Message(1, "user11", "Ann", "\"first\"", """[{"type":"plain","text":"first"}]""")
            .Message(
                2, "user12", null, """["see ",{"type":"link","text":"https://a.example"}," and tell"]""", null,
                "\"edited\": \"2024-01-02T03:04:05\",")
            .Service(3, "pin_message")
            .Unsupported(4)
            .Message(5, "user11", "Ann", "\"a\\x0Bb\"", null, "\"reply_to_message_id\": 1,")
            .Emoji(6, "files/emoji (2), small.tgs")
            .Message(
                7, "user11", "Ann", "\"\"", "[]", "\"photo\": \"(File not included. Change data exporting settings to download.)\",")
            .Message(8, "user11", "Ann", "\"\"", "[]", """
                "poll": {"question": "Tea?", "closed": false, "answers": [{"text": "yes", "voters": 1}, {"text": "no"}]},
                """)
            .LineSeparator(9, "up", "down"),
        new TelegramExport { Name = null, Type = "saved_messages" }
            .Message(10, "user12", "Me", "\"note\"", null, "\"file\": \"files/a b.pdf\","),
        new TelegramExport { Name = "Friends", Type = "private_supergroup", Id = "-11" }
            .Message(1, "channel7", "News", "\"hello\"")));

    public static byte[] Account(params TelegramExport[] chats) =>
        Bytes($$"""
            {
             "about": "Here is the data you requested.",
             "personal_information": {
              "user_id": 12,
              "bio": "\x01"
             },
             "chats": {
              "about": "This page lists all chats.",
              "list": [
            {{string.Join(",\n", chats[..^1].Select(chat => chat.ToString()))}}
              ]
             },
             "left_chats": {
              "about": "These are the ones that were left.",
              "list": [
            {{chats[^1]}}
              ]
             }
            }
            """);

    /// <summary>An entry; its text and its parts are JSON, <paramref name="more"/> are further keys.</summary>
    public TelegramExport Message(long id, string from, string? name, string text, string? entities = null, string more = "")
    {
        _messages.Add($$"""
             {
              "id": {{id}},
              "type": "message",
              "date": "2023-11-14T23:13:20",
              "date_unixtime": "{{1_700_000_000 + id}}",
              "from": {{(name is null ? "null" : $"\"{name}\"")}},
              "from_id": "{{from}}",
              {{more}}
              "text": {{text}}{{(entities is null ? "" : $",\n \"text_entities\": {entities}")}}
             }
            """);
        return this;
    }

    public TelegramExport Entry(string json)
    {
        _messages.Add(json);
        return this;
    }

    public TelegramExport Service(long id, string action) => Entry($$"""
        {"id": {{id}}, "type": "service", "actor": "Ann", "actor_id": "user11", "action": "{{action}}",
         "text": "gift", "text": "", "text_entities": []}
        """);

    public TelegramExport Unsupported(long id) => Entry($$"""{"id": {{id}}, "type": "unsupported"}""");

    /// <summary>An entry as version 4.1 wrote it: the path of an emoji has no quotes.</summary>
    public TelegramExport Emoji(long id, string path) => Message(id, "user11", "Ann", $$"""
        [
           "so ",
           {
            "type": "custom_emoji",
            "text": "🙂",
            "document_id": {{path}}
           },
           "!"
          ]
        """);

    /// <summary>An entry whose text has a line separator, of which two bytes come again behind the escape.</summary>
    public TelegramExport LineSeparator(long id, string before, string after, bool paragraph = false) =>
        Message(id, "user11", "Ann", $"\"{before}{(paragraph ? Paragraph : Line)}{after}\"");

    public TestExport ToExport() => new TestExport().With("", ToBytes());

    public byte[] ToBytes() => Bytes(ToString());

    public override string ToString()
    {
        var name = Name is null ? "" : $" \"name\": \"{Name}\",\n";
        var type = Type is null ? "null" : $"\"{Type}\"";
        return $"{{\n{name} \"type\": {type},\n \"id\": {Id},\n \"messages\": [\n{string.Join(",\n", _messages)}\n ]\n}}";
    }

    /// <summary>UTF-8, but for the places where a line separator stands.</summary>
    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
            bytes.AddRange(rune.Value switch
            {
                Line => [.. "\\u2028"u8, 0x80, 0xA8],
                Paragraph => [.. "\\u2029"u8, 0x80, 0xA9],
                _ => Encoding.UTF8.GetBytes(rune.ToString()),
            });
        return [.. bytes];
    }
}
