using System.Text;
using System.Threading.Channels;
using ChatAnalysis.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Tests.Gateway;

public sealed class TelemetryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Spans_go_to_the_collector_without_what_people_wrote()
    {
        var received = Channel.CreateUnbounded<string>();
        await using var collector = await StartCollectorAsync(received);
        await using (var gateway = await new TestGateway { Settings = [$"Telemetry:Endpoint={collector.Urls.Single()}", "Cluster:Name=here"] }.StartReadyAsync())
        {
            using var found = await gateway.GetAsync("/v1/search?q=secretquery");
            using var uploaded = await gateway.UploadAsync("/upload", ("secretname.json", """{"messages":["secrettext"]}"""));
            found.EnsureSuccessStatusCode();
            uploaded.EnsureSuccessStatusCode();
        }

        using var patience = new CancellationTokenSource(Patience);
        var sent = await received.Reader.ReadAsync(patience.Token);
        Assert.StartsWith("/v1/traces ", sent, StringComparison.Ordinal);
        Assert.Contains("GET /v1/search", sent, StringComparison.Ordinal);
        Assert.Contains("here", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_holds_nothing_up()
    {
        await using var gateway = await new TestGateway { Settings = ["Telemetry:Endpoint=http://127.0.0.1:1"] }.StartReadyAsync();

        using var response = await gateway.GetAsync("/v1/search?q=a");

        response.EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("ftp://localhost")]
    [InlineData("http://user:password@localhost:4318")]
    public async Task An_endpoint_that_cannot_be_one_stops_the_start_and_is_not_repeated(string endpoint)
    {
        await using var gateway = new TestGateway { Settings = [$"Telemetry:Endpoint={endpoint}"] };

        var failure = await Assert.ThrowsAsync<StartFailedException>(gateway.StartListeningAsync);

        Assert.Contains("Telemetry:Endpoint must be an address such as http://localhost:4318", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartCollectorAsync(Channel<string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await received.Writer.WriteAsync($"{context.Request.Path} {Encoding.Latin1.GetString(body.ToArray())}");
        });
        await collector.StartAsync();
        return collector;
    }
}
