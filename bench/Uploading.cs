using System.Text.Json;

namespace ChatAnalysis.Bench;

/// <summary>Sends texts as files of the prototype's shape.</summary>
internal static class Uploading
{
    /// <summary>One upload, files of <paramref name="messagesAFile"/> texts each; returns when it has been answered.</summary>
    public static async Task UploadAsync(this HttpClient client, IEnumerable<string> texts, int messagesAFile)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (index, file) in texts.Chunk(messagesAFile).Index())
            form.Add(new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { messages = file })), "files", $"{index}.json");
        using var answer = await client.PostAsync("/upload", form);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }
}
