using ChatAnalysis.Gateway;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ChatAnalysis.Bench;

/// <summary>The whole service in this process, on a free port and a folder of its own.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string? _temporaryFolder;

    private Service(WebApplication app, string? temporaryFolder)
    {
        _app = app;
        _temporaryFolder = temporaryFolder;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(10) };
    }

    public HttpClient Client { get; }

    public IEmbeddingGrain Embedding => _app.Services.GetRequiredService<IEmbeddingGrain>();

    public IVectorIndexGrain Index => _app.Services.GetRequiredService<IVectorIndexGrain>();

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <param name="dataDirectory">Its folder; null for a new one that goes at the end.</param>
    /// <param name="addGrains">What it is composed of; null for what the program is.</param>
    public static async Task<Service> StartAsync(
        string? dataDirectory = null, Action<WebApplicationBuilder>? addGrains = null)
    {
        var temporary = dataDirectory is null ? Directory.CreateTempSubdirectory("chatanalysis-bench-").FullName : null;
        var app = GatewayApplication.Build(
            ["--PORT=0", $"--DATA_DIR={dataDirectory ?? temporary}", "--Logging:LogLevel:Default=Warning"],
            addGrains ?? InProcessCluster.AddInProcessCluster);
        await app.StartAsync();
        var service = new Service(app, temporary);
        while (true)
        {
            using var health = await service.Client.GetAsync("/health");
            if (health.IsSuccessStatusCode)
                return service;
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_temporaryFolder is not null)
            Directory.Delete(_temporaryFolder, recursive: true);
    }
}
