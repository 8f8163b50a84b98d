using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Builds data sets of conversations that are lists of turns: ShareGPT's, LMSYS-Chat-1M's and WildChat's.</summary>
internal static class TurnsExport
{
    private static readonly JsonSerializerOptions Minified = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Array(params JsonObject[] conversations) => $"[{string.Join(",", conversations.Select(Line))}]";

    public static string Lines(params JsonObject[] conversations) => string.Concat(conversations.Select(c => Line(c) + "\n"));

    public static JsonObject ShareGpt(JsonNode? id, params (string From, string? Value)[] turns) => new()
    {
        ["id"] = id,
        ["conversations"] = new JsonArray([.. turns.Select(turn => (JsonNode)new JsonObject { ["from"] = turn.From, ["value"] = turn.Value })]),
    };

    public static JsonObject Lmsys(string id, params (string Role, string? Content)[] turns) => new()
    {
        ["conversation_id"] = id, ["model"] = "a-model",
        ["conversation"] = new JsonArray(
            [.. turns.Select(turn => (JsonNode)new JsonObject { ["content"] = turn.Content, ["role"] = turn.Role })]),
        ["turn"] = turns.Length / 2, ["language"] = "English",
        ["openai_moderation"] = new JsonArray(new JsonObject { ["categories"] = new JsonObject { ["hate"] = false }, ["flagged"] = false }),
        ["redacted"] = false,
    };

    public static JsonObject WildChat(string hash, string? time, params (string Role, string? Content, string? Time)[] turns) => new()
    {
        ["conversation_hash"] = hash, ["model"] = "a-model", ["timestamp"] = time,
        ["conversation"] = new JsonArray([.. turns.Select((turn, i) => (JsonNode)new JsonObject
        {
            ["content"] = turn.Content, ["country"] = "Chile", ["hashed_ip"] = "f00", ["header"] = new JsonObject { ["user-agent"] = "x" },
            ["language"] = "Spanish", ["redacted"] = false, ["role"] = turn.Role, ["state"] = null, ["timestamp"] = turn.Time,
            ["toxic"] = false, ["turn_identifier"] = 100 + (i / 2),
        })]),
        ["turn"] = turns.Length / 2, ["language"] = "Spanish", ["toxic"] = false,
    };

    public static TestExport SmallShareGpt() => TestExport.Of(Array(
        ShareGpt("s_0", ("system", "Be kind"), ("human", "¿Qué es \"eso\"?\n"), ("gpt", "Un árbol 🌳")),
        ShareGpt(7, ("human", "add 1"), ("function_call", "{\"name\": \"add\"}"), ("observation", "2"), ("gpt", "It is 2"), ("gpt", "")),
        ShareGpt(null, ("human", null))));

    public static TestExport SmallLmsys() => TestExport.Of(Lines(
        Lmsys("l1", ("user", "hi \\ there"), ("assistant", "hello 🙂")), Lmsys("l2", ("user", ""), ("assistant", "?"))));

    public static TestExport SmallWildChat() => TestExport.Of(Lines(
        WildChat("w1", "2023-04-09T00:02:53Z", ("user", "hola", null), ("assistant", "¡hola!", "2023-04-09T00:02:50Z"),
            ("user", " ", null), ("assistant", "adiós", "2023-04-09T00:02:53Z")),
        WildChat("w2", "2023-04-10 01:00:00+00:00", ("user", "eh", null))));

    private static string Line(JsonObject conversation) => conversation.ToJsonString(Minified);
}
