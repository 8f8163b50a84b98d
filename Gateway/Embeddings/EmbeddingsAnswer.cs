using System.Buffers.Binary;
using System.Text.Json;
using ChatAnalysis.Gateway.Configuration;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Embeddings;

/// <summary>Writes vectors in the form of OpenAI's answer.</summary>
internal static class EmbeddingsAnswer
{
    private const int FlushAtBytes = 256 << 10;

    /// <summary>Writes the answer.</summary>
    public static async Task WriteAsync(HttpResponse response, EmbeddingResult result, bool base64)
    {
        response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(response.BodyWriter, AnswerJson.WriterOptions);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var i = 0; i < result.Vectors.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", i);
            WriteVector(json, result.Vectors[i], base64);
            json.WriteEndObject();
            if (json.BytesPending > FlushAtBytes)
                await json.FlushAsync(response.HttpContext.RequestAborted);
        }

        json.WriteEndArray();
        json.WriteString("model", result.Model.Name);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", result.Tokens);
        json.WriteNumber("total_tokens", result.Tokens);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(response.HttpContext.RequestAborted);
    }

    private static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> vector, bool base64)
    {
        if (base64)
        {
            var bytes = new byte[vector.Length * sizeof(float)];
            for (var i = 0; i < vector.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
            json.WriteBase64String("embedding", bytes);
            return;
        }

        json.WriteStartArray("embedding");
        foreach (var component in vector)
            json.WriteNumberValue(component);
        json.WriteEndArray();
    }
}
