using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>A file that takes down every parser that reads it.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class CrashingFileTests(ClusterFixture fixture)
{
    private const int Tries = 3, Neighbours = 12, MessagesAFile = 40;

    [Fact]
    public async Task It_fails_alone_after_three_parsers_and_its_neighbours_succeed()
    {
        var cluster = await fixture.SpecialisedAsync();
        var starts = CountStarts(cluster);
        var neighbours = Enumerable.Range(0, Neighbours).Select(i => ChatExport.Prototype($"cluster's neighbour {i}", MessagesAFile)).ToList();
        using var form = ChatExport.Form([.. neighbours.Take(3), ChatExport.Prototype(CrashOnMark.Text, 1), .. neighbours.Skip(3)]);
        using var accepted = await cluster.Gateway.Client.PostAsync("/upload?wait=false", form);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await cluster.Gateway.WaitForAllUploadsAsync();

        var upload = await cluster.Gateway.Client.GetFromJsonAsync<JsonElement>(accepted.Headers.Location);
        var files = upload.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal("abandoned", files[3].GetProperty("error").GetProperty("kind").GetString());
        files.RemoveAt(3);
        Assert.All(files, file => Assert.Equal(
            ("succeeded", MessagesAFile), (file.GetProperty("status").GetString(), file.GetProperty("messages").GetInt32())));
        await cluster.WaitUntilReadyAsync();
        Assert.Equal(starts + Tries, CountStarts(cluster));
    }

    private static int CountStarts(ClusterProcesses cluster) => cluster.Members.Sum(member => member.Starts);
}
