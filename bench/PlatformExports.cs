using System.Globalization;
using System.Text.Json;

namespace ChatAnalysis.Bench;

/// <summary>Writes exports in the shapes that chat platforms give them, as large as wanted, of sentences that differ.</summary>
internal static class PlatformExports
{
    public const long FirstSecond = 1_700_000_000;

    /// <summary>Each shape with its file's ending and what writes it.</summary>
    public static (string Name, string Ending, Action<string, long> Write)[] All { get; } =
    [
        ("chatgpt", "json", WriteChatGpt),
        ("claude", "json", WriteClaude),
        ("slack", "json", WriteSlack),
        ("discord", "json", WriteDiscord),
        ("telegram", "json", WriteTelegram),
        ("messenger", "json", WriteMessenger),
        ("signal", "jsonl", LineExports.WriteSignal),
        ("whatsapp", "txt", LineExports.WriteWhatsApp),
    ];

    /// <summary>A map of nodes a conversation, each with a message of many small fields; one line.</summary>
    private static void WriteChatGpt(string path, long bytes) => ParsingExports.Write(path, bytes, indented: false, root: null, (json, i) =>
    {
        const int Nodes = 12;
        json.WriteStartObject();
        json.WriteString("title", Phrase(i));
        json.WriteNumber("create_time", FirstSecond + 0.123456 + i);
        json.WriteStartObject("mapping");
        for (var j = 0; j < Nodes; j++)
            WriteNode(json, i, j, last: j == Nodes - 1);
        json.WriteEndObject();
        json.WriteString("current_node", Id(i, Nodes - 1));
        json.WriteString("conversation_id", Id(i, 99));
        json.WriteBoolean("is_archived", false);
        json.WriteEndObject();
    });

    private static void WriteNode(Utf8JsonWriter json, int i, int j, bool last)
    {
        json.WriteStartObject(Id(i, j));
        json.WriteString("id", Id(i, j));
        if (j == 0)
        {
            json.WriteNull("message");
            json.WriteNull("parent");
        }
        else
        {
            json.WriteStartObject("message");
            json.WriteString("id", Id(i, j));
            json.WriteStartObject("author");
            json.WriteString("role", j % 2 == 1 ? "user" : "assistant");
            json.WriteNull("name");
            json.WriteStartObject("metadata");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteNumber("create_time", FirstSecond + 0.5 + i + j);
            json.WriteNull("update_time");
            json.WriteStartObject("content");
            json.WriteString("content_type", "text");
            json.WriteStartArray("parts");
            json.WriteStringValue($"{Phrase(i + j)}\n\n{Phrase(i)} {j}");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString("status", "finished_successfully");
            json.WriteBoolean("end_turn", true);
            json.WriteNumber("weight", 1.0);
            json.WriteStartObject("metadata");
            json.WriteString("model_slug", "gpt-4");
            json.WriteStartObject("finish_details");
            json.WriteString("type", "stop");
            json.WriteStartArray("stop_tokens");
            json.WriteNumberValue(100260);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("recipient", "all");
            json.WriteEndObject();
            json.WriteString("parent", Id(i, j - 1));
        }

        json.WriteStartArray("children");
        if (!last)
            json.WriteStringValue(Id(i, j + 1));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteClaude(string path, long bytes) => ParsingExports.Write(path, bytes, indented: false, root: null, (json, i) =>
    {
        json.WriteStartObject();
        json.WriteString("uuid", Id(i, 0));
        json.WriteString("name", Phrase(i));
        json.WriteString("created_at", Iso(i));
        json.WriteString("updated_at", Iso(i));
        json.WriteStartObject("account");
        json.WriteString("uuid", Id(0, 0));
        json.WriteEndObject();
        json.WriteStartArray("chat_messages");
        for (var j = 0; j < 10; j++)
        {
            json.WriteStartObject();
            json.WriteString("uuid", Id(i, j + 1));
            json.WriteString("text", $"{Phrase(i + j)} {i}");
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", $"{Phrase(i + j)} {i}");
            json.WriteStartArray("citations");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("sender", j % 2 == 0 ? "human" : "assistant");
            json.WriteString("created_at", Iso(i + j));
            json.WriteString("updated_at", Iso(i + j));
            json.WriteStartArray("attachments");
            json.WriteEndArray();
            json.WriteStartArray("files");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>One array of messages as Slack writes a day's, with the text again as rich text.</summary>
    private static void WriteSlack(string path, long bytes) => ParsingExports.Write(path, bytes, indented: true, root: null, (json, i) =>
    {
        var text = $"{Phrase(i)} {i}";
        json.WriteStartObject();
        json.WriteString("client_msg_id", Id(i, 0));
        json.WriteString("type", "message");
        json.WriteString("text", text);
        json.WriteString("user", $"U02ABC{i % 40:D3}");
        json.WriteString("ts", string.Create(CultureInfo.InvariantCulture, $"{FirstSecond + i}.{i % 1_000_000:D6}"));
        json.WriteString("team", "T01XYZ");
        json.WriteString("user_team", "T01XYZ");
        json.WriteStartArray("blocks");
        json.WriteStartObject();
        json.WriteString("type", "rich_text");
        json.WriteString("block_id", $"b{i % 1000}");
        json.WriteStartArray("elements");
        json.WriteStartObject();
        json.WriteString("type", "rich_text_section");
        json.WriteStartArray("elements");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteDiscord(string path, long bytes) => ParsingExports.Write(path, bytes, indented: true, root: "messages", (json, i) =>
    {
        json.WriteStartObject();
        json.WriteString("id", $"11{i:D16}");
        json.WriteString("type", "Default");
        json.WriteString("timestamp", Iso(i));
        json.WriteNull("timestampEdited");
        json.WriteNull("callEndedTimestamp");
        json.WriteBoolean("isPinned", false);
        json.WriteString("content", $"{Phrase(i)} {i}");
        json.WriteStartObject("author");
        json.WriteString("id", $"22{i % 50:D16}");
        json.WriteString("name", $"user{i % 50}");
        json.WriteString("discriminator", "0000");
        json.WriteString("nickname", $"User {i % 50}");
        json.WriteNull("color");
        json.WriteBoolean("isBot", false);
        json.WriteStartArray("roles");
        json.WriteEndArray();
        json.WriteString("avatarUrl", "avatar.png");
        json.WriteEndObject();
        foreach (var list in (string[])["attachments", "embeds", "stickers", "reactions", "mentions", "inlineEmojis"])
        {
            json.WriteStartArray(list);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }, json =>
    {
        json.WriteStartObject("guild");
        json.WriteString("id", "331");
        json.WriteString("name", "Guild");
        json.WriteString("iconUrl", "icon.png");
        json.WriteEndObject();
        json.WriteStartObject("channel");
        json.WriteString("id", "441");
        json.WriteString("type", "GuildTextChat");
        json.WriteString("categoryId", "551");
        json.WriteString("category", "Text");
        json.WriteString("name", "general");
        json.WriteNull("topic");
        json.WriteEndObject();
        json.WriteStartObject("dateRange");
        json.WriteNull("after");
        json.WriteNull("before");
        json.WriteEndObject();
        json.WriteString("exportedAt", Iso(0));
    });

    private static void WriteTelegram(string path, long bytes) => ParsingExports.Write(path, bytes, indented: true, root: "messages", (json, i) =>
    {
        var text = $"{Phrase(i)} {i}";
        json.WriteStartObject();
        json.WriteNumber("id", i + 1);
        json.WriteString("type", "message");
        json.WriteString("date", Iso(i)[..19]);
        json.WriteString("date_unixtime", (FirstSecond + i).ToString(CultureInfo.InvariantCulture));
        json.WriteString("from", $"Person {i % 5}");
        json.WriteString("from_id", $"user77{i % 5}");
        json.WriteString("text", text);
        json.WriteStartArray("text_entities");
        json.WriteStartObject();
        json.WriteString("type", "plain");
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }, json =>
    {
        json.WriteString("name", "A group");
        json.WriteString("type", "private_group");
        json.WriteNumber("id", 4711);
    });

    /// <summary>Newest first, as Meta writes it.</summary>
    private static void WriteMessenger(string path, long bytes) => ParsingExports.Write(path, bytes, indented: true, root: "messages", (json, i) =>
    {
        json.WriteStartObject();
        json.WriteString("sender_name", $"Person {i % 2}");
        json.WriteNumber("timestamp_ms", (2 * FirstSecond * 1000) - (i * 1000L));
        json.WriteString("content", $"{Phrase(i)} {i}");
        json.WriteBoolean("is_geoblocked_for_viewer", false);
        json.WriteBoolean("is_unsent_image_by_messenger_kid_parent", false);
        json.WriteEndObject();
    }, json =>
    {
        json.WriteStartArray("participants");
        for (var person = 0; person < 2; person++)
        {
            json.WriteStartObject();
            json.WriteString("name", $"Person {person}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("title", "Person 1");
        json.WriteBoolean("is_still_participant", true);
        json.WriteString("thread_path", "inbox/person1_4711");
        json.WriteStartArray("magic_words");
        json.WriteEndArray();
    });

    private static string Phrase(int i) => ParsingExports.Phrase(i);

    private static string Id(int i, int j) => $"{i:x8}-{j:x4}-4e54-ac61-2196f60e88fa";

    private static string Iso(int i) =>
        DateTimeOffset.FromUnixTimeSeconds(FirstSecond + i).ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture);
}
