using System.Net;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

public sealed class HealthTests
{
    [Fact]
    public async Task While_a_part_loads_health_is_503_and_names_it_but_the_process_is_live()
    {
        var loading = new TaskCompletionSource();
        await using var gateway = await new TestGateway { IndexLoading = loading.Task }.StartListeningAsync();

        using var health = await gateway.GetAsync("/health");
        using var live = await gateway.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("index", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        loading.SetResult();
    }

    [Theory]
    [InlineData("/v1/search?q=a")]
    [InlineData("/v1/uploads")]
    public async Task While_a_part_loads_what_needs_it_is_503_and_worth_another_try(string path)
    {
        var loading = new TaskCompletionSource();
        await using var gateway = await new TestGateway { IndexLoading = loading.Task }.StartListeningAsync();

        using var response = await gateway.GetAsync(path);

        await TestGateway.ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(response.Headers.RetryAfter);
        loading.SetResult();
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_can_be_asked_for_its_status_alone(string path)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Once_ready_health_answers_as_the_prototype_did()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync("/health");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"ok"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Readiness_shows_each_part()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var parts = (await TestGateway.JsonAsync(response)).GetProperty("parts");
        Assert.Equal("ready", parts.GetProperty("parsers").GetProperty("state").GetString());
        Assert.Equal(FakeEmbeddingGrain.TestModel.ToString(), parts.GetProperty("embedding").GetProperty("model").GetString());
        var index = parts.GetProperty("index");
        Assert.Equal(("host 42", 7, 1), (
            index.GetProperty("owner").GetString(), index.GetProperty("size").GetInt32(), index.GetProperty("pending_files").GetInt32()));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public async Task A_part_that_was_loaded_and_fell_silent_makes_it_503(string path)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.Fault = new IOException("gone");

        using var response = await gateway.GetAsync(path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("index", (await TestGateway.JsonAsync(response)).GetProperty("missing")[0].GetString());
    }

    [Fact]
    public async Task An_index_that_is_silent_names_its_owner_and_since_when()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.Fault = new UnavailableException("index did not answer");

        using var response = await gateway.GetAsync("/health/ready");

        var index = (await TestGateway.JsonAsync(response)).GetProperty("parts").GetProperty("index");
        Assert.Equal(("silent", FakeClusterDirectory.Owner.Name, FakeClusterDirectory.Owner.LastSeen), (
            index.GetProperty("state").GetString(), index.GetProperty("owner").GetString(), index.GetProperty("last_seen").GetDateTimeOffset()));
    }
}
