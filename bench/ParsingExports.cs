using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatAnalysis.Bench;

/// <summary>Writes exports as large as wanted, of sentences that differ.</summary>
internal static class ParsingExports
{
    private static readonly string[] Phrases =
    [
        "I would like to order a large latte please", "could you check my account balance", "what is the weather like on Sunday",
        "no, the other one, with the window seat", "thanks, that is all I need for today", "how do I say \"good morning\" in French?",
        "the app keeps telling me that my password is wrong, and I do not know why", "café au lait, s’il vous plaît",
    ];

    /// <summary>The shapes that are read, with the file's ending and what writes them.</summary>
    public static (string Name, string Ending, Action<string, long> Write)[] All =>
        [("prototype", "json", WritePrototype), ("taskmaster", "json", WriteTaskmaster), .. PlatformExports.All];

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

    /// <summary>A sentence.</summary>
    public static string Phrase(int i) => Phrases[(i & int.MaxValue) % Phrases.Length];

    /// <summary>Writes one JSON value: an array of entries, or an object with such an array.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its size, about.</param>
    /// <param name="indented">Whether it has line ends.</param>
    /// <param name="root">The array's key; null where the array is the root.</param>
    /// <param name="writeEntry">Writes an entry.</param>
    /// <param name="writeHead">Writes what stands before the array.</param>
    public static void Write(
        string path, long bytes, bool indented, string? root, Action<Utf8JsonWriter, int> writeEntry, Action<Utf8JsonWriter>? writeHead = null)
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
            writeHead?.Invoke(json);
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
