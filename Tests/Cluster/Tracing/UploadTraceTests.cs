using System.Diagnostics;
using ChatAnalysis.Gateway;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Composition;
using ChatAnalysis.Tests.Service;
using Microsoft.Extensions.DependencyInjection;

namespace ChatAnalysis.Tests.Cluster.Tracing;

/// <summary>What a trace of the whole program in one process looks like.</summary>
public sealed class UploadTraceTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedTrace _trace = new();
    private RunningProgram? _gateway;

    private RunningProgram Gateway => _gateway!;

    public async Task InitializeAsync()
    {
        var app = GatewayApplication.Build(
            ["--PORT=0", $"--DATA_DIR={_folder.Path}", "--Logging:LogLevel:Default=None", "--Cluster:Name=alone"],
            builder =>
            {
                builder.AddInProcessCluster();
                builder.Services.AddKeyedSingleton<IEmbeddingGrain, CheapEmbedding>(LocalGrain.Key);
            });
        _gateway = await RunningProgram.StartAsync(app);
        _gateway.Client.DefaultRequestHeaders.Add("traceparent", _trace.TraceParent);
    }

    [Fact]
    public async Task An_upload_is_one_trace_from_the_request_to_the_index()
    {
        await Gateway.UploadAsync("chat.json", "hello");

        await _trace.UntilAsync(RunningProgram.RequestSpan, "VectorIndex.OpenUpload", "FileParser.Parse", "Embedding.Embed", "VectorIndex.AddMessages");
        const string Request = $"Server {RunningProgram.RequestSpan}";
        Assert.Equal(["Internal VectorIndex.OpenUpload", Request], _trace.PathOf("VectorIndex.OpenUpload"));
        Assert.Equal(["Server FileParser.Parse", Request], _trace.PathOf("FileParser.Parse"));
        Assert.Equal(["Internal Embedding.Embed", "Server FileParser.Parse", Request], _trace.PathOf("Embedding.Embed"));
        Assert.Equal(["Internal VectorIndex.AddMessages", "Server FileParser.Parse", Request], _trace.PathOf("VectorIndex.AddMessages"));
    }

    [Fact]
    public async Task A_trace_holds_neither_what_people_wrote_nor_what_their_files_are_called()
    {
        await Gateway.UploadAsync("secretname.json", "secrettext");
        using var found = await Gateway.Client.GetAsync(new Uri("/v1/search?q=secretquery", UriKind.Relative));
        found.EnsureSuccessStatusCode();

        var spans = await _trace.UntilAsync(RunningProgram.RequestSpan, "FileParser.Parse", "VectorIndex.FinishFile", "VectorIndex.Search");
        Assert.DoesNotContain(spans.SelectMany(Words), word => word.Contains("secret", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task One_process_is_shown_as_a_cluster_of_one()
    {
        await Gateway.UploadAsync("chat.json", "hello");

        var cluster = await Gateway.ClusterAsync();

        var silo = Assert.Single(cluster.GetProperty("silos").EnumerateArray());
        Assert.Equal("alone", silo.GetProperty("name").GetString());
        Assert.Equal("alone", cluster.GetProperty("owner").GetString());
        Assert.Equal(["gateway", "parser", "embedding", "index"], silo.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal("""[{"name":"files","depth":0}]""", cluster.GetProperty("queues").GetRawText());
        Assert.Matches(@"^\d+\.\d+\.\d+$", silo.GetProperty("version").GetString());
        Assert.Equal(["file_parser", "embedding", "vector_index"], silo.GetProperty("grains").EnumerateArray().Select(g => g.GetProperty("grain").GetString()));
        Assert.All(silo.GetProperty("grains").EnumerateArray(), grain => Assert.True(grain.GetProperty("calls").GetInt64() > 0, $"{grain}"));
    }

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
    }

    public void Dispose()
    {
        _trace.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<string> Words(Activity span) =>
    [
        span.DisplayName, span.StatusDescription ?? "", .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
        .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
        .. span.Events.SelectMany(e => e.Tags.Select(tag => $"{e.Name} {tag.Key}={tag.Value}")),
    ];
}
