using System.Net;
using System.Text;
using System.Text.Json;
using ChatAnalysis.Gateway;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Tests.Gateway;

/// <summary>The whole gateway on a free port, over grains that do what the test says.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _stopped = [];
    private WebApplication? _app;

    public FakeEmbeddingGrain Embedding { get; } = new();

    public FakeVectorIndexGrain Index { get; } = new();

    public FakeFileParserGrain Parser { get; } = new();

    public ILoggerProvider? Logs { get; init; }

    /// <summary>Settings as on a command line, such as <c>Upload:MaxFiles=2</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The loading of the index ends with it.</summary>
    public Task IndexLoading { get; init; } = Task.CompletedTask;

    /// <summary>The parts that were stopped, in their order.</summary>
    public IReadOnlyList<string> Stopped => _stopped;

    public HttpClient Client { get; } = new();

    public Uri Address { get; private set; } = new("http://localhost");

    public string UploadDirectory => _folder.PathOf("data/uploads");

    public IServiceProvider Services => _app!.Services;

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task<TestGateway> StartReadyAsync()
    {
        await StartListeningAsync();
        await Services.GetRequiredService<GrainHost>().Loading;
        return this;
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task<TestGateway> StartListeningAsync()
    {
        string[] own = ["PORT=0", $"DATA_DIR={_folder.PathOf("data")}", "Logging:LogLevel:Default=None"];
        string[] args = [.. own.Concat(Settings).Select(setting => $"--{setting}")];
        _app = GatewayApplication.Build(args, builder =>
        {
            if (Logs is not null)
                builder.Logging.ClearProviders().AddProvider(Logs);
            builder.Services.AddSingleton<IEmbeddingGrain>(Embedding).AddSingleton<IVectorIndexGrain>(Index).AddSingleton<IFileParserGrain>(Parser);
            builder.Services.AddSingleton<IClusterDirectory, FakeClusterDirectory>();
            builder.Services.AddSingleton(new GrainSet(
                [Part("embedding", Task.CompletedTask), Part("index", IndexLoading)], _ => Task.CompletedTask, [Part("parsers", Task.CompletedTask)]));
        });
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client.BaseAddress = Address;
        return this;
    }

    public Task StopAsync() => _app!.StopAsync();

    /// <summary>Waits until the uploads folder holds so many uploads.</summary>
    public async Task UntilUploadFoldersAsync(int count)
    {
        // No FileSystemWatcher: the runtime holds one only weakly, so that a garbage collection can take away, unfinished,
        // a test that awaits nothing but its events.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Directory.GetDirectories(UploadDirectory).Length != count)
            await Task.Delay(5, patience.Token);
    }

    /// <summary>Sends files in the field <c>files</c>.</summary>
    public Task<HttpResponseMessage> UploadAsync(string pathAndQuery, params (string Name, string Content)[] files)
    {
        var body = new MultipartFormDataContent();
        foreach (var (name, content) in files)
            body.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "files", name);
        return Client.PostAsync(new Uri(pathAndQuery, UriKind.Relative), body);
    }

    public Task<HttpResponseMessage> GetAsync(string pathAndQuery) => Client.GetAsync(new Uri(pathAndQuery, UriKind.Relative));

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The answer's problem details, after a look at their form.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await JsonAsync(response);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        _folder.Dispose();
    }

    private GrainPart Part(string name, Task loading) => new(
        name,
        cancellationToken => loading.WaitAsync(cancellationToken),
        _ =>
        {
            _stopped.Add(name);
            return Task.CompletedTask;
        });
}
