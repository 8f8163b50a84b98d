using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatAnalysis.Gateway.Configuration;

/// <summary>How answers look as JSON: snake_case names, and text in its own letters instead of \u escapes.</summary>
internal static class AnswerJson
{
    /// <summary>For answers written member by member.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For answers that are one object.</summary>
    public static JsonSerializerOptions SerializerOptions { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Sets options to this look.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}
