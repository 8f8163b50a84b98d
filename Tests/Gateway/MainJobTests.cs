using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatAnalysis.Gateway;
using ChatAnalysis.Silo.Composition;
using ChatAnalysis.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ChatAnalysis.Tests.Gateway;

/// <summary>The program as it ships: real model, FAISS and SQLite, all in one process.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Two_files_are_uploaded_and_searched_and_are_there_after_a_restart()
    {
        await using (var app = await StartAsync())
        {
            using var client = ClientOf(app);
            using var body = new MultipartFormDataContent
            {
                { new StringContent("""{"messages":["I forgot my password","book a table for two",""]}"""), "files", "a.json" },
                { new StringContent("""{"messages":[{"text":"will it rain tomorrow","author":"Ann"}]}"""), "files", "b.json" },
            };

            using var response = await client.PostAsync(new Uri("/upload", UriKind.Relative), body);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var answer = await TestGateway.JsonAsync(response);
            Assert.Equal(4, answer.GetProperty("clusters").GetArrayLength());
            Assert.Equal("""{"messages":4,"index_size":4}""", answer.GetProperty("stats").GetRawText());
            Assert.All(answer.GetProperty("files").EnumerateArray(), f => Assert.Equal("prototype", f.GetProperty("format").GetString()));
            Assert.Equal("I forgot my password", await FindAsync(client, "lost my credentials"));
            await app.StopAsync();
        }

        await using var again = await StartAsync();
        using var later = ClientOf(again);
        Assert.Equal("will it rain tomorrow", await FindAsync(later, "weather"));
        await again.StopAsync();
    }

    [Fact]
    public async Task A_second_program_on_the_same_folder_ends_and_says_who_holds_it()
    {
        await using var app = await StartAsync();

        await using var second = Build();
        await second.StartAsync();
        var grains = second.Services.GetRequiredService<GrainHost>();
        await grains.Loading;

        var failure = Assert.IsType<StartFailedException>(grains.Failure);
        Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{Environment.ProcessId}", failure.Message, StringComparison.Ordinal);
        await app.StopAsync();
    }

    public void Dispose() => _folder.Dispose();

    private static HttpClient ClientOf(WebApplication app) => new()
    {
        BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
    };

    private static async Task<string?> FindAsync(HttpClient client, string query)
    {
        var path = new Uri($"/v1/search?limit=1&q={Uri.EscapeDataString(query)}", UriKind.Relative);
        var answer = await client.GetFromJsonAsync<JsonElement>(path);
        return answer.GetProperty("hits")[0].GetProperty("text").GetString();
    }

    private WebApplication Build() => GatewayApplication.Build(
        ["--PORT=0", $"--DATA_DIR={_folder.Path}", "--Logging:LogLevel:Default=None"], InProcessCluster.AddInProcessCluster);

    private async Task<WebApplication> StartAsync()
    {
        var app = Build();
        await app.StartAsync();
        var grains = app.Services.GetRequiredService<GrainHost>();
        await grains.Loading;
        Assert.Null(grains.Failure);
        return app;
    }
}
