using System.Net.Http.Json;
using System.Text.Json;

namespace ChatAnalysis.Tests.Service;

/// <summary>The service's HTTP interface, as the tests use it.</summary>
internal static class ServiceCalls
{
    /// <summary>Sends files and waits for the answer.</summary>
    public static Task<JsonElement> UploadAsync(this HttpClient client, params IEnumerable<ChatExport> exports) =>
        client.UploadAsync("/upload", exports);

    /// <summary>Sends files with a query and waits for the answer.</summary>
    public static async Task<JsonElement> UploadAsync(this HttpClient client, string request, params IEnumerable<ChatExport> exports)
    {
        using var form = ChatExport.Form(exports);
        using var answer = await client.PostAsync(request, form);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Searches, best hits first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> SearchAsync(this HttpClient client, string query, int limit = 10)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>($"/v1/search?q={Uri.EscapeDataString(query)}&limit={limit}");
        return [.. answer.GetProperty("hits").EnumerateArray()];
    }

    /// <summary>The status of all uploads that the service knows.</summary>
    public static async Task<IReadOnlyList<JsonElement>> UploadsAsync(this HttpClient client)
    {
        var list = await client.GetFromJsonAsync<JsonElement>("/v1/uploads?limit=1000");
        return [.. list.GetProperty("uploads").EnumerateArray()];
    }

    /// <summary>Waits until no upload is under way.</summary>
    public static async Task WaitForAllUploadsAsync(this HttpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await client.UploadsAsync()).Any(u => u.GetProperty("status").GetString() is "enqueued" or "processing"))
            await Task.Delay(50, patience.Token);
    }

    public static long IndexSize(this JsonElement answer) => answer.GetProperty("stats").GetProperty("index_size").GetInt64();

    public static int[] Labels(this JsonElement answer) => [.. answer.GetProperty("clusters").EnumerateArray().Select(l => l.GetInt32())];
}
