using System.Text.Json;
using ChatAnalysis.Gateway.Configuration;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>Writes what is known of an upload. A label a message can make millions: they are sent as they are written.</summary>
internal static class UploadAnswer
{
    private const int LabelsAFlush = 16_384;

    /// <summary>The prototype's answer, clusters and stats first, and what was added to it.</summary>
    public static Task WriteAsync(HttpResponse response, UploadStatus upload) => WriteObjectAsync(response, async json =>
    {
        await WriteLabelsAsync(json, response, upload);
        WriteStats(json, upload);
        json.WriteString("upload", upload.UploadId);
        json.WriteStartArray("files");
        foreach (var file in upload.Files)
            WriteFile(json, file, progress: false);
        json.WriteEndArray();
        WritePatterns(json, upload);
    });

    /// <summary>How an upload stands; once it has succeeded, with the same labels, stats and patterns.</summary>
    public static Task WriteStatusAsync(HttpResponse response, UploadStatus upload)
    {
        if (upload.State is UploadState.Enqueued or UploadState.Processing)
            response.Headers.RetryAfter = "1";
        return WriteObjectAsync(response, async json =>
        {
            json.WriteString("upload", upload.UploadId);
            json.WriteString("status", WordOf(upload.State));
            json.WriteString("created_at", upload.CreatedAt);
            WriteTime(json, "started_at", upload.StartedAt);
            WriteTime(json, "ended_at", upload.EndedAt);
            json.WriteStartArray("files");
            foreach (var file in upload.Files)
                WriteFile(json, file, progress: true);
            json.WriteEndArray();
            if (upload.State != UploadState.Succeeded)
                return;
            await WriteLabelsAsync(json, response, upload);
            WriteStats(json, upload);
            WritePatterns(json, upload);
        });
    }

    /// <summary>A state's word in the answers: enqueued, processing, succeeded or failed.</summary>
    public static string WordOf(UploadState state) => state.ToString().ToLowerInvariant();

    private static async Task WriteObjectAsync(HttpResponse response, Func<Utf8JsonWriter, Task> writeMembersAsync)
    {
        response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(response.BodyWriter, AnswerJson.WriterOptions);
        json.WriteStartObject();
        await writeMembersAsync(json);
        json.WriteEndObject();
        await json.FlushAsync();
    }

    private static async Task WriteLabelsAsync(Utf8JsonWriter json, HttpResponse response, UploadStatus upload)
    {
        json.WriteStartArray("clusters");
        for (var from = 0; from < upload.Labels.Length; from += LabelsAFlush)
        {
            foreach (var label in upload.Labels.Slice(from, Math.Min(LabelsAFlush, upload.Labels.Length - from)).Span)
                json.WriteNumberValue(label);
            json.Flush();
            await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
        }

        json.WriteEndArray();
    }

    private static void WriteStats(Utf8JsonWriter json, UploadStatus upload)
    {
        json.WriteStartObject("stats");
        json.WriteNumber("messages", upload.Files.Where(f => f.State == UploadState.Succeeded).Sum(f => f.MessagesDone));
        json.WriteNumber("index_size", upload.IndexSize);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, FileStatus file, bool progress)
    {
        json.WriteStartObject();
        var answer = JsonSerializer.SerializeToElement(new StoredFileAnswer(file), AnswerJson.SerializerOptions);
        foreach (var member in answer.EnumerateObject())
            member.WriteTo(json);
        if (progress)
        {
            json.WriteString("status", WordOf(file.State));
            json.WriteNumber("size", file.Size);
            json.WriteNumber("messages_done", file.MessagesDone);
            if (file.MessagesExpected is { } expected)
                json.WriteNumber("messages_expected", expected);
            else
                json.WriteNull("messages_expected");
        }

        json.WriteEndObject();
    }

    private static void WritePatterns(Utf8JsonWriter json, UploadStatus upload)
    {
        json.WritePropertyName("patterns");
        var patterns = upload.Patterns.Select(pattern => new PatternAnswer(
            pattern.Label, pattern.Size, [.. pattern.Examples.Select(e => new ExampleAnswer(e.Text, e.Author, e.Similarity))]));
        JsonSerializer.Serialize(json, patterns, AnswerJson.SerializerOptions);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            json.WriteString(name, known);
        else
            json.WriteNull(name);
    }

    private sealed record PatternAnswer(int Label, int Size, IReadOnlyList<ExampleAnswer> Examples);

    private sealed record ExampleAnswer(string Text, string? Author, float Similarity);
}
