using System.Text.Json;
using ChatAnalysis.Gateway;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo;
using ChatAnalysis.Silo.Composition;
using ChatAnalysis.Tests.Cluster.Tracing;
using ChatAnalysis.Tests.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>A gateway and a silo that find each other through a broker, seen from outside.</summary>
[Collection(nameof(BrokerCollection))]
public sealed class ClusterViewTests(SharedBroker shared) : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedTrace _trace = new();
    private RunningProgram? _silo, _gateway;

    private RunningProgram Gateway => _gateway!;

    public async Task InitializeAsync()
    {
        var host = (await shared.Broker.AddVirtualHostAsync()).AbsolutePath.TrimStart('/');
        _silo = await RunningProgram.StartAsync(SiloApplication.Build(Arguments("silo", host), AddCheapSilo));
        _gateway = await RunningProgram.StartAsync(GatewayApplication.Build(Arguments("gateway", host), GrainComposition.AddGatewayGrains));
        _gateway.Client.DefaultRequestHeaders.Add("traceparent", _trace.TraceParent);
    }

    [Fact]
    public async Task An_upload_is_one_trace_across_the_broker()
    {
        await Gateway.UploadAsync("chat.json", "hello");

        await _trace.UntilAsync(RunningProgram.RequestSpan, "VectorIndex.OpenUpload", "FileParser.Parse", "Embedding.Embed", "VectorIndex.AddMessages");
        const string Request = $"Server {RunningProgram.RequestSpan}", Parse = "Server FileParser.Parse";
        Assert.Equal(["Server VectorIndex.OpenUpload", "Client VectorIndex.OpenUpload", Request], _trace.PathOf("VectorIndex.OpenUpload"));
        Assert.Equal([Parse, Request], _trace.PathOf("FileParser.Parse"));
        Assert.Equal(["Server Embedding.Embed", "Client Embedding.Embed", Parse, Request], _trace.PathOf("Embedding.Embed"));
        Assert.Equal(["Server VectorIndex.AddMessages", "Client VectorIndex.AddMessages", Parse, Request], _trace.PathOf("VectorIndex.AddMessages"));
    }

    [Fact]
    public async Task All_processes_are_shown_each_with_the_grains_of_its_roles()
    {
        await Gateway.UploadAsync("chat.json", "hello");

        var cluster = await UntilAsync(answer => answer.GetProperty("queues").GetArrayLength() == 6
            && answer.GetProperty("silos").EnumerateArray().Any(
                silo => GrainsOf(silo) is { Length: 3 } grains && grains.All(grain => grain.GetProperty("calls").GetInt64() > 0)));

        Assert.Equal("silo", cluster.GetProperty("owner").GetString());
        var silos = cluster.GetProperty("silos").EnumerateArray().ToDictionary(silo => silo.GetProperty("name").GetString()!);
        Assert.Equal(["gateway", "silo"], silos.Keys.Order());
        Assert.Equal("""["gateway"]""", silos["gateway"].GetProperty("roles").GetRawText());
        Assert.Empty(GrainsOf(silos["gateway"]));
        Assert.Equal("""["parser","embedding","index"]""", silos["silo"].GetProperty("roles").GetRawText());
        Assert.Equal(["file_parser", "embedding", "vector_index"], GrainsOf(silos["silo"]).Select(g => g.GetProperty("grain").GetString()));
        Assert.All(silos.Values, silo => Assert.Equal("there", silo.GetProperty("state").GetString()));
        var queues = cluster.GetProperty("queues").EnumerateArray().Select(queue => queue.GetProperty("name").GetString()!).ToArray();
        Assert.Equal(["files", "files.delayed", "index", "index.waits"], queues[..4]);
        Assert.All(queues[4..], queue => Assert.StartsWith("embedding.all-MiniLM-L6-v2@", queue, StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        if (_silo is not null)
            await _silo.DisposeAsync();
    }

    public void Dispose()
    {
        _trace.Dispose();
        _folder.Dispose();
    }

    private static JsonElement[] GrainsOf(JsonElement silo) => [.. silo.GetProperty("grains").EnumerateArray()];

    private static void AddCheapSilo(WebApplicationBuilder builder)
    {
        builder.AddSiloGrains();
        builder.Services.AddKeyedSingleton<IEmbeddingGrain, CheapEmbedding>(LocalGrain.Key);
    }

    private string[] Arguments(string name, string host) =>
    [
        "--PORT=0", $"--DATA_DIR={_folder.Path}", "--Logging:LogLevel:Default=None",
        $"--Cluster:RabbitMq=amqp://{shared.Broker.Uri.Authority}", $"--Cluster:VirtualHost={host}", $"--Cluster:Name={name}",
    ];

    private async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await Gateway.ClusterAsync();
            if (isSo(answer))
                return answer;
            await Task.Delay(50, patience.Token);
        }
    }
}
