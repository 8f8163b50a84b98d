using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Builds Claude's conversations, of today and as older exports have them.</summary>
internal static class ClaudeExport
{
    /// <summary>What the first message of a conversation says that it follows.</summary>
    public const string Beginning = "00000000-0000-4000-8000-000000000000";

    private static readonly JsonSerializerOptions Minified = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Array(params JsonObject[] conversations) =>
        new JsonArray([.. conversations.Select(conversation => conversation.DeepClone())]).ToJsonString(Minified);

    public static TestExport Of(params JsonNode?[] messages) => TestExport.Of(Array(Conversation("c", "t", messages)));

    public static JsonObject Conversation(string uuid, string name, params JsonNode?[] messages) => new()
    {
        ["uuid"] = uuid, ["name"] = name, ["summary"] = "", ["created_at"] = "2024-05-06T07:00:00.000000Z",
        ["updated_at"] = "2024-05-06T08:00:00.000000Z", ["account"] = new JsonObject { ["uuid"] = "acc-1" },
        ["chat_messages"] = new JsonArray(messages),
    };

    /// <summary>A message of today's exports; its parent comes before it where one is named.</summary>
    public static JsonObject Said(string uuid, string sender, string text, string? time = null, string? parent = null) =>
        Blocks(uuid, sender, time, parent, Text(text)).With("text", text);

    public static JsonObject Blocks(string uuid, string sender, string? time, string? parent, params JsonObject[] blocks)
    {
        var message = new JsonObject
        {
            ["uuid"] = uuid, ["text"] = "", ["content"] = new JsonArray([.. blocks]), ["sender"] = sender, ["created_at"] = time,
            ["updated_at"] = time, ["attachments"] = new JsonArray(), ["files"] = new JsonArray(),
        };
        return parent is null ? message : message.With("parent_message_uuid", parent);
    }

    /// <summary>A message as older exports have it: no blocks.</summary>
    public static JsonObject Old(string uuid, string sender, string text, string? time = null) => new()
    {
        ["uuid"] = uuid, ["text"] = text, ["sender"] = sender, ["created_at"] = time, ["updated_at"] = time,
        ["attachments"] = new JsonArray(), ["files"] = new JsonArray(),
    };

    public static JsonObject Text(string text) => new()
    {
        ["start_timestamp"] = "2024-05-06T07:00:01Z", ["stop_timestamp"] = null, ["type"] = "text", ["text"] = text,
        ["citations"] = new JsonArray(),
    };

    public static JsonObject Thinking(string text) => new() { ["type"] = "thinking", ["thinking"] = text, ["text"] = "never said" };

    public static JsonObject Tool() => new() { ["type"] = "tool_use", ["name"] = "search", ["input"] = new JsonObject { ["text"] = "no" } };

    /// <summary>Something attached to a message.</summary>
    public static JsonObject Attached(this JsonObject message, string list, string name, string? content = null)
    {
        var file = new JsonObject { ["file_name"] = name, ["file_size"] = 7, ["file_type"] = "txt" };
        if (content is not null)
            file["extracted_content"] = content;
        message[list] = new JsonArray(file);
        return message;
    }

    /// <summary>A small export with what is odd in such exports.</summary>
    public static TestExport Small() => TestExport.Of(Array(
        Conversation("u1", "Trees 🌳",
            Said("m1", "human", "Which tree \"grows\" fast?", "2024-05-06T07:00:00.123456Z", Beginning).Attached("attachments", "garden.txt", "a hedge"),
            null,
            Said("m2", "assistant", "An answer that was not liked", "2024-05-06T07:00:02Z", "m1"),
            Blocks("m3", "assistant", "2024-05-06T07:00:03Z", "m1", Thinking("hm"), Tool(),
                Text("```\nThis block is not supported on your current device yet.\n```"), Text("A poplar."), Text("Or a willow.")),
            Said("m4", "human", "", "2024-05-06T07:00:04Z", "m3").Attached("files", "leaf.jpg")),
        Conversation("u2", "",
            Old("o2", "assistant", "<antThinking>brief</antThinking>Here: <antArtifact identifier=\"x\" title=\"Poem\">words</antArtifact>",
                "2023-01-01T00:00:00Z"),
            Old("o1", "human", "A poem, s’il vous plaît", "2023-01-01T00:00:00Z"))));
}
