using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>What a client does that knows that a cluster's parts can die.</summary>
internal static class ClusterCalls
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Sends files until there is an answer: a request that was cut off is sent again, one that met 503 a bit later.</summary>
    public static async Task<JsonElement> UploadUntilAnsweredAsync(this ClusterMember gateway, params IEnumerable<ChatExport> exports)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var form = ChatExport.Form(exports);
                using var answer = await gateway.Client.PostAsync("/upload", form, patience.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                await Task.Delay(Assert.NotNull(answer.Headers.RetryAfter?.Delta), patience.Token);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                await Task.Delay(100, patience.Token);
            }
        }
    }

    /// <summary>Waits until no upload that was accepted is under way.</summary>
    public static async Task WaitForAllUploadsAsync(this ClusterMember gateway)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await CountUnendedAsync(gateway, patience.Token) != 0)
            await Task.Delay(100, patience.Token);
    }

    /// <summary>Searches once.</summary>
    /// <returns>The text of the best hit; null where the answer was 503 with a time to try again.</returns>
    public static async Task<string?> FindAsync(this ClusterMember gateway, string text)
    {
        using var answer = await gateway.Client.GetAsync($"/v1/search?q={Uri.EscapeDataString(text)}&limit=1");
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null)
            return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("hits")[0].GetProperty("text").GetString();
    }

    /// <summary>Labels agree where at least 999 of 1,000 do.</summary>
    public static void AssertAgree(int[] expected, int[] labels)
    {
        Assert.Equal(expected.Length, labels.Length);
        Assert.InRange(expected.Zip(labels, (a, b) => a == b ? 1.0 : 0.0).Average(), 0.999, 1);
    }

    private static async Task<int> CountUnendedAsync(ClusterMember gateway, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await gateway.Client.GetAsync("/v1/uploads?limit=1000", cancellationToken);
            if (!answer.IsSuccessStatusCode)
                return -1;
            var list = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return list.GetProperty("uploads").EnumerateArray()
                .Count(upload => upload.GetProperty("status").GetString() is "enqueued" or "processing");
        }
        catch (HttpRequestException)
        {
            return -1;
        }
    }
}
