using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>Looking into files where the gateway reads none itself.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class InspectionTests(ClusterFixture fixture)
{
    [Fact]
    public async Task A_parser_of_the_cluster_looks_into_a_file_and_nothing_is_kept()
    {
        var cluster = await fixture.SpecialisedAsync();
        var uploads = Path.Combine(cluster.DataDirectory, "uploads");
        await cluster.Gateway.WaitForAllUploadsAsync();
        var before = Directory.GetDirectories(uploads);
        var export = ChatExport.Prototype("looked into", 30);
        using var form = ChatExport.Form(export, new ChatExport("damaged.json", """{"messages": ["one", """, []));

        using var answer = await cluster.Gateway.Client.PostAsync("/v1/inspect?messages=3", form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var files = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("files");
        Assert.Equal(("prototype", 30), (files[0].GetProperty("format").GetString(), files[0].GetProperty("messages").GetInt32()));
        Assert.Equal(
            export.Texts.Take(3), files[0].GetProperty("first_messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()));
        Assert.Equal("damaged", files[1].GetProperty("error").GetProperty("kind").GetString());
        using (var index = cluster.OpenIndex())
            Assert.Equal(0, index.Number("SELECT COUNT(*) FROM files WHERE name IN ('looked into.json', 'damaged.json')"));
        Assert.Empty(Directory.GetDirectories(uploads).Except(before));
    }
}
