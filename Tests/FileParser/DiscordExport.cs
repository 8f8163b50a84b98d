namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes what DiscordChatExporter writes.</summary>
internal sealed class DiscordExport
{
    private readonly List<string> _entries = [];

    public string? Guild { get; init; } = """{"id": "100", "name": "Garden", "iconUrl": "https://cdn.example/i.png"}""";

    public string Channel { get; init; } =
        """{"id": "200", "type": "GuildTextChat", "categoryId": "150", "category": "Talk", "name": "general", "topic": null}""";

    public int? Count { get; init; }

    /// <summary>A small export with all that is odd in it.</summary>
    public static TestExport Small() => new DiscordExport()
        .Message("1", "hello", more: "\"timestampEdited\": \"2024-01-02T04:00:00.5+00:00\",")
        .Message("2", "hi back", type: "Reply", more: """ "reference": {"messageId": "1", "channelId": "200", "guildId": "100"},""")
        .Message("3", "Joined the server.", type: "GuildMemberJoin")
        .Message("4", "", more: """
            "attachments": [{"id": "9", "url": "https://cdn.example/a.png", "fileName": "a.png", "fileSizeBytes": 1}],
            """)
        .Message("5", "look", more: """
            "attachments": [{"fileName": "b.txt"}], "stickers": [{"id": "8", "name": "Wave", "format": "Png"}],
            """)
        .Message("6", "", more: """
            "reference": {"type": "Forward", "messageId": "77", "channelId": "300"},
            "forwardedMessage": {"timestamp": "2024-01-01T00:00:00+00:00", "content": "from afar", "attachments": [], "embeds": []},
            """)
        .Message("7", "", bot: true, more: """
            "embeds": [{"title": "Build", "url": "", "description": "all green",
              "fields": [{"name": "tests", "value": "7", "isInline": true}]}],
            """)
        .Message("8", "")
        .ToExport();

    public DiscordExport Message(string id, string content, string? type = "Default", bool bot = false, string more = "")
    {
        var typed = type is null ? "" : $"\"type\": \"{type}\",";
        return Entry($$"""
                {
                  "id": "{{id}}",
                  {{typed}}
                  "timestamp": "2024-01-02T03:04:0{{id[^1]}}.123+01:00",
                  "isPinned": false,
                  "content": "{{content}}",
                  "author": {"id": "11", "name": "ann", "discriminator": "0000", "nickname": "Ann", "color": null,
                    "isBot": {{(bot ? "true" : "false")}}, "roles": [{"id": "1", "name": "admin"}],
                    "avatarUrl": "https://cdn.example/x.png"},
                  {{more}}
                  "reactions": [], "mentions": [{"id": "12", "name": "bob", "nickname": "Bob"}], "inlineEmojis": []
                }
            """);
    }

    public DiscordExport Entry(string json)
    {
        _entries.Add(json);
        return this;
    }

    public TestExport ToExport() => TestExport.Of(ToString());

    public override string ToString() => $$"""
        {
          {{(Guild is null ? "" : $"\"guild\": {Guild},")}}
          "channel": {{Channel}},
          "dateRange": {"after": null, "before": null},
          "exportedAt": "2024-02-01T00:00:00+00:00",
          "messages": [
        {{string.Join(",\n", _entries)}}
          ],
          "messageCount": {{Count ?? _entries.Count}}
        }
        """;
}
