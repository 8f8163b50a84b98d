using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Builds ChatGPT's conversations: trees of nodes in an order that means nothing, minified on one line.</summary>
internal static class ChatGptExport
{
    private static readonly JsonSerializerOptions Minified = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Array(params JsonObject[] conversations) =>
        new JsonArray([.. conversations.Select(conversation => conversation.DeepClone())]).ToJsonString(Minified);

    public static string Envelope(params JsonObject[] conversations) =>
        $$"""{"conversations":{{Array(conversations)}} }""";

    public static JsonObject Conversation(string id, string? title, string? current, params (string Id, JsonNode Node)[] nodes)
    {
        var mapping = new JsonObject();
        foreach (var (key, node) in nodes)
            mapping[key] = node;
        return new JsonObject
        {
            ["title"] = title, ["create_time"] = 1700000000.123456, ["update_time"] = 1700000900.5, ["mapping"] = mapping,
            ["moderation_results"] = new JsonArray(), ["current_node"] = current, ["conversation_id"] = id, ["is_archived"] = false,
            ["safe_urls"] = new JsonArray(), ["default_model_slug"] = "gpt-x", ["id"] = id,
        };
    }

    public static (string, JsonNode) Root(string id, params string[] children) => (id, Node(id, null, null, children));

    public static (string Id, JsonNode Node) Said(
        string id, string? parent, string role, string text, double? time = null, params string[] children) =>
        (id, Node(id, parent, Message(id, role, Text(text), time), children));

    public static (string Id, JsonNode Node) Of(string id, string? parent, JsonObject? message, params string[] children) =>
        (id, Node(id, parent, message, children));

    public static JsonObject Message(string id, string role, JsonObject? content, double? time = null, JsonObject? metadata = null) => new()
    {
        ["id"] = $"m-{id}", ["author"] = new JsonObject { ["role"] = role, ["name"] = null, ["metadata"] = new JsonObject() },
        ["create_time"] = time, ["update_time"] = null, ["content"] = content, ["status"] = "finished_successfully",
        ["end_turn"] = true, ["weight"] = 1.0, ["metadata"] = metadata ?? [], ["recipient"] = "all", ["channel"] = null,
    };

    public static JsonObject Text(params string[] parts) =>
        new() { ["content_type"] = "text", ["parts"] = new JsonArray([.. parts.Select(part => (JsonNode)part)]) };

    private static JsonObject Node(string id, string? parent, JsonObject? message, string[] children) => new()
    {
        ["id"] = id, ["message"] = message, ["parent"] = parent,
        ["children"] = new JsonArray([.. children.Select(child => (JsonNode)child)]),
    };

    public static JsonObject With(this JsonObject message, string key, JsonNode? value)
    {
        message[key] = value;
        return message;
    }

    /// <summary>A conversation in which one message has a content.</summary>
    public static TestExport One(JsonObject content, string role = "assistant", JsonObject? metadata = null) => TestExport.Of(Array(
        Conversation("c", "t", "b", Root("r", "a"), Said("a", "r", "user", "first", 1, "b"),
            Of("b", "a", Message("b", role, content, 2, metadata)))));

    /// <summary>A small export with what is odd in such exports.</summary>
    public static TestExport Small() => TestExport.Of(Array(
        Conversation("c1", "Lunch “plans”", "n7",
            Said("n7", "n6", "assistant", "Soup. \uE200cite\uE202turn0search1\uE201 Or bread【3†L1-L2】.", 1700000005.25),
            Root("n0", "n1"),
            Of("n1", "n0", Message("n1", "system", Text(""), null,
                new() { ["is_visually_hidden_from_conversation"] = true }), "n2"),
            Of("n2", "n1", Message("n2", "user", Text("What is for lunch? 😀"), 1700000001,
                new() { ["attachments"] = new JsonArray(new JsonObject { ["id"] = "file-1", ["name"] = "menu.pdf" }) }), "n3", "n5"),
            Said("n3", "n2", "assistant", "An answer that was not liked", 1700000002),
            Of("n5", "n2", Message("n5", "assistant",
                new() { ["content_type"] = "thoughts", ["thoughts"] = new JsonArray(new JsonObject { ["content"] = "hm" }) }), "n6"),
            Of("n6", "n5", Message("n6", "assistant", new() { ["content_type"] = "code", ["text"] = "search(1)" })
                .With("recipient", "web"), "n7")),
        Conversation("c2", null, null,
            Root("r", "a"), Said("a", "r", "user", "line\nbreak \"quoted\" \\", 1700000100, "b"),
            Of("b", "a", Message("b", "assistant", new()
            {
                ["content_type"] = "multimodal_text",
                ["parts"] = new JsonArray(
                    new JsonObject { ["content_type"] = "image_asset_pointer", ["asset_pointer"] = "sediment://x" }, "seen", null),
            }, 1700000101), "c"),
            Of("c", "b", Message("c", "user", null).With("weight", 0.0)))));
}
