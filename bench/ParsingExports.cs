using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatAnalysis.Bench;

/// <summary>Writes exports as large as wanted, of sentences that differ.</summary>
internal static class ParsingExports
{
    /// <summary>The name of the shape that is nested as ChatGPT's exports are.</summary>
    public const string Nested = "chatgpt-like";

    private static readonly string[] Phrases =
    [
        "I would like to order a large latte please", "could you check my account balance", "what is the weather like on Sunday",
        "no, the other one, with the window seat", "thanks, that is all I need for today", "how do I say \"good morning\" in French?",
        "the app keeps telling me that my password is wrong, and I do not know why", "café au lait, s’il vous plaît",
    ];

    /// <summary>The shapes that are read, with what writes them.</summary>
    public static (string Name, Action<string, long> Write)[] All =>
        [("prototype", WritePrototype), ("taskmaster", WriteTaskmaster), (Nested, WriteNested)];

    /// <summary>The prototype's shape: plain texts on one line.</summary>
    public static void WritePrototype(string path, long bytes) => Write(path, bytes, indented: false, root: "messages", (json, i) =>
        json.WriteStringValue($"{Phrase(i)} {i} {Phrase(i / 7)}"));

    /// <summary>Taskmaster as it is published: indented, with calls and their answers beside the texts.</summary>
    public static void WriteTaskmaster(string path, long bytes) => Write(path, bytes, indented: true, root: null, (json, i) =>
    {
        json.WriteStartObject();
        json.WriteString("conversation_id", $"dlg-{i:x8}-24fc-4e54-ac61-2196f60e88fa");
        json.WriteString("vertical", "Coffee");
        json.WriteNull("instructions");
        json.WriteStartArray("utterances");
        for (var j = 0; j < 8; j++)
            WriteUtterance(json, i, j);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Nested as ChatGPT's exports are: a map of nodes, each with a message of many small fields; one line.</summary>
    public static void WriteNested(string path, long bytes) => Write(path, bytes, indented: false, root: null, (json, i) =>
    {
        json.WriteStartObject();
        json.WriteString("title", Phrase(i));
        json.WriteNumber("create_time", 1_700_000_000.123456 + i);
        json.WriteStartObject("mapping");
        for (var j = 0; j < 12; j++)
            WriteNode(json, i, j);
        json.WriteEndObject();
        json.WriteString("current_node", Node(i, 11));
        json.WriteString("conversation_id", Node(i, 99));
        json.WriteBoolean("is_archived", false);
        json.WriteEndObject();
    });

    private static void WriteUtterance(Utf8JsonWriter json, int i, int j)
    {
        json.WriteStartObject();
        json.WriteNumber("index", j);
        json.WriteString("speaker", j % 2 == 0 ? "user" : "assistant");
        json.WriteString("text", $"{Phrase(i + j)} {i}");
        json.WriteStartArray("segments");
        json.WriteEndArray();
        json.WriteStartArray("annotations");
        for (var k = 0; k < 6; k++)
        {
            json.WriteStartObject();
            json.WriteString("name", k % 2 == 0 ? "api_call" : "request");
            json.WriteString("value", k % 2 == 0 ? "get_menu_items" : "{\"query\": \"Chai Latte\", \"quantity\": \"1\"}");
            json.WriteString("context", $"api_call_{k / 2}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, int i, int j)
    {
        json.WriteStartObject(Node(i, j));
        json.WriteString("id", Node(i, j));
        json.WriteStartObject("message");
        json.WriteString("id", Node(i, j));
        json.WriteStartObject("author");
        json.WriteString("role", j % 2 == 0 ? "user" : "assistant");
        json.WriteNull("name");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("create_time", 1_700_000_000.5 + i + j);
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
        json.WriteString("parent", Node(i, j - 1));
        json.WriteStartArray("children");
        json.WriteStringValue(Node(i, j + 1));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Phrase(int i) => Phrases[(i & int.MaxValue) % Phrases.Length];

    private static string Node(int i, int j) => $"{i:x8}-{j:x4}-4e54-ac61-2196f60e88fa";

    private static void Write(string path, long bytes, bool indented, string? root, Action<Utf8JsonWriter, int> writeEntry)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var json = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { Indented = indented, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        if (root is null)
            json.WriteStartArray();
        else
        {
            json.WriteStartObject();
            json.WriteStartArray(root);
        }

        for (var i = 0; json.BytesCommitted < bytes; i++)
        {
            writeEntry(json, i);
            if (json.BytesPending > 1 << 16)
                json.Flush();
        }

        json.WriteEndArray();
        if (root is not null)
            json.WriteEndObject();
    }
}
