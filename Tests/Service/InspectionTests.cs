using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatAnalysis.Tests.Service.Cluster;

namespace ChatAnalysis.Tests.Service;

/// <summary>Looking into files where everything is in one process.</summary>
public sealed class InspectionTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    private string Uploads => _data.PathOf("uploads");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task What_would_be_read_is_told_and_nothing_of_it_is_in_the_index_or_on_the_disk()
    {
        await using var service = await StartAsync();
        var export = ChatExport.Prototype("looked into", 30);
        using var form = ChatExport.Form(export);

        using var answer = await service.Client.PostAsync("/v1/inspect?messages=3&timezone=Europe/Berlin", form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var file = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("files")[0];
        Assert.Equal(("prototype", 30), (file.GetProperty("format").GetString(), file.GetProperty("messages").GetInt32()));
        Assert.Equal(export.Texts.Take(3), file.GetProperty("first_messages").EnumerateArray().Select(m => m.GetProperty("text").GetString()));
        Assert.Empty(await service.Client.UploadsAsync());
        Assert.Empty(await service.Client.SearchAsync(export.Texts[0]));
        Assert.Empty(Directory.GetDirectories(Uploads));

        var cluster = await service.Client.GetFromJsonAsync<JsonElement>("/v1/cluster");
        var parser = cluster.GetProperty("silos")[0].GetProperty("grains").EnumerateArray().Single(g => g.GetProperty("grain").GetString() == "file_parser");
        Assert.Equal(1, parser.GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task What_a_killed_inspection_leaves_is_removed_by_the_next_start()
    {
        await using (var service = await StartAsync())
        {
            using var form = ChatExport.Form(ChatExport.Prototype("half", 1000));
            using var half = new HalfSent(form);
            var inspecting = service.Client.PostAsync("/v1/inspect", half);
            await half.Begun;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (Directory.GetDirectories(Uploads).Length == 0)
                await Task.Delay(5, patience.Token);

            await service.KillAsync();
            half.GoOn();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => inspecting);
        }

        Assert.Single(Directory.GetDirectories(Uploads));
        await using (await StartAsync())
            Assert.Empty(Directory.GetDirectories(Uploads));
    }

    private async Task<ServiceProcess> StartAsync()
    {
        var service = ServiceProcess.Launch(CheapService.Command, _data.Path);
        await service.WaitUntilReadyAsync();
        return service;
    }
}
