using System.Net;

namespace ChatAnalysis.Tests.Gateway;

public sealed class ClusterTests
{
    [Fact]
    public async Task The_cluster_is_shown_with_its_silos_their_grains_the_queues_and_the_owner()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync("/v1/cluster");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """
            {"silos":[{"name":"a","roles":["embedding","index"],"since":"2025-03-04T04:06:07+00:00","last_seen":"2025-03-04T05:06:07+00:00",
            "state":"there","version":"1.2.3","processor":1.5,"memory_bytes":7000,"grains":[
            {"grain":"embedding","calls":0,"errors":0,"p50_ms":null,"p99_ms":null,"in_flight":0},
            {"grain":"vector_index","calls":12,"errors":1,"p50_ms":0.12,"p99_ms":5.68,"in_flight":2}]},
            {"name":"b","roles":["parser"],"since":"2025-03-04T04:06:07+00:00","last_seen":"2025-03-04T05:06:07+00:00",
            "state":"gone","version":"1.2.3","processor":1.5,"memory_bytes":7000,"grains":[]}],
            "queues":[{"name":"files","depth":3}],"owner":"a"}
            """.ReplaceLineEndings(""),
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_cluster_is_shown_while_parts_of_it_are_missing()
    {
        var loading = new TaskCompletionSource();
        await using var gateway = await new TestGateway { IndexLoading = loading.Task }.StartListeningAsync();

        using var response = await gateway.GetAsync("/v1/cluster");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        loading.SetResult();
    }
}
