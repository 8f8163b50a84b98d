using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ChatAnalysis.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ChatAnalysis.Tests.Cluster;

/// <summary>A gateway or a silo that runs within the test's process.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>The span of a request, as the web server names it.</summary>
    public const string RequestSpan = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly WebApplication _app;

    private RunningProgram(WebApplication app) => _app = app;

    public HttpClient Client { get; } = new();

    /// <summary>Starts it and waits until its grains are loaded.</summary>
    public static async Task<RunningProgram> StartAsync(WebApplication app)
    {
        var program = new RunningProgram(app);
        try
        {
            await app.StartAsync();
            program.Client.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            var grains = app.Services.GetRequiredService<GrainHost>();
            await grains.Loading.WaitAsync(Patience);
            Assert.Null(grains.Failure);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Uploads a file of one message and waits until it has been read.</summary>
    public async Task UploadAsync(string name, string text)
    {
        using var body = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"messages":["{{text}}"]}""")), "files", name },
        };
        using var response = await Client.PostAsync(new Uri("/upload", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The answer to <c>GET /v1/cluster</c>.</summary>
    public Task<JsonElement> ClusterAsync() => Client.GetFromJsonAsync<JsonElement>(new Uri("/v1/cluster", UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
