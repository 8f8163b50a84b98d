using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>How three silos share the work.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class SpreadingTests(ClusterFixture fixture)
{
    private const int Files = 30, LargeFile = 40_000;

    [Fact]
    public async Task Each_of_three_silos_takes_some_of_thirty_files()
    {
        var cluster = await fixture.ThreeSilosAsync();
        var before = cluster.Silos.Select(CountRead).ToArray();
        await cluster.Gateway.UploadUntilAnsweredAsync(Enumerable.Range(0, Files).Select(i => ChatExport.Prototype($"spread {i}", 60)));
        var read = cluster.Silos.Select((silo, i) => CountRead(silo) - before[i]).ToArray();
        Assert.Equal(Files, read.Sum());
        Assert.All(read, files => Assert.InRange(files, 1, Files));
    }

    [Fact]
    public async Task One_large_file_does_not_hold_the_small_ones_of_another_upload_back()
    {
        var cluster = await fixture.ThreeSilosAsync();
        using var form = ChatExport.Form(ChatExport.Prototype("large", LargeFile));
        using var large = await cluster.Gateway.Client.PostAsync("/upload?wait=false", form);
        Assert.Equal(HttpStatusCode.Accepted, large.StatusCode);
        await cluster.UntilAsync("SELECT next_ordinal FROM files WHERE name = 'large.json'", messages => messages > 0);

        await cluster.Gateway.UploadUntilAnsweredAsync(Enumerable.Range(0, 3).Select(i => ChatExport.Prototype($"small {i}", 20)));
        var status = await cluster.Gateway.Client.GetFromJsonAsync<JsonElement>(large.Headers.Location);
        Assert.Equal("processing", status.GetProperty("status").GetString());
        await cluster.Gateway.WaitForAllUploadsAsync();
    }

    private static int CountRead(ClusterMember silo) =>
        silo.Output.Split('\n').Count(line => line.Contains("File ", StringComparison.Ordinal) && line.Contains(" read as ", StringComparison.Ordinal));
}
