using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ChatAnalysis.Tests.FileParser;

namespace ChatAnalysis.Tests.Service;

/// <summary>Exports of chat platforms, from the upload to the search, in a process of its own.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_workspace_sent_every_month_adds_only_what_is_new_whether_zipped_or_as_a_folder()
    {
        await using var service = await StartAsync();
        var may = await PostAsync(service, "/upload", Zip("may.zip", Workspace(days: 3)));
        var again = await PostAsync(service, "/upload", Folder(Workspace(days: 3)));
        var june = await PostAsync(service, "/upload", Folder(Workspace(days: 5)));

        Assert.Equal(("slack", 30, 30, 0, 0), Counts(may));
        Assert.Equal(("slack", 30, 0, 0, 30), Counts(again));
        Assert.Equal(("slack", 50, 20, 0, 30), Counts(june));
        Assert.Equal(50, june.IndexSize());
        Assert.Equal(50, june.Labels().Length);

        var hit = Assert.Single(await service.Client.SearchAsync("day 4 message 7 of general", 1));
        Assert.Equal(
            ("day 4 message 7 of general", "Ann Example", "general", "slack"),
            (Text(hit, "text"), Text(hit, "author"), Text(hit, "conversation"), Text(hit, "platform")));
        Assert.Empty(Directory.GetDirectories(_data.PathOf("uploads")));
    }

    [Fact]
    public async Task A_chat_without_ids_goes_on_where_the_last_export_ended_and_duplicates_are_added_only_on_demand()
    {
        await using var service = await StartAsync();
        var first = await PostAsync(service, "/upload?timezone=Europe/Berlin", Single("WhatsApp Chat with Ann.txt", Chat(0, 40)));
        var later = await PostAsync(service, "/upload?timezone=Europe/Berlin", Single("WhatsApp Chat with Ann.txt", Chat(10, 60)));
        Assert.Equal(("whatsapp", 40, 40, 0, 0), Counts(first));
        Assert.Equal(("whatsapp", 50, 20, 0, 30), Counts(later));
        Assert.Equal(60, later.IndexSize());

        var doubled = await PostAsync(service, "/upload?duplicates=allow", Single("WhatsApp Chat with Ann.txt", Chat(10, 60)));
        Assert.Equal(("whatsapp", 50, 50, 0, 0), Counts(doubled));
        Assert.Equal(110, doubled.IndexSize());

        var summer = await service.Client.GetFromJsonAsync<JsonElement>("/v1/search?q=hello+33&platform=whatsapp&author=Ann&limit=1");
        Assert.Equal(("hello 33", "given"), (Text(summer.GetProperty("hits")[0], "text"), Text(summer.GetProperty("hits")[0], "zone")));
    }

    [Fact]
    public async Task A_large_archive_that_is_killed_in_its_middle_is_there_once_after_the_next_start()
    {
        var workspace = Workspace(days: 400);
        await using (var service = await StartAsync())
        {
            using var form = Zip("workspace.zip", workspace);
            using var accepted = await service.Client.PostAsync("/upload?wait=false", form);
            accepted.EnsureSuccessStatusCode();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while ((await service.Client.UploadsAsync())[0].GetProperty("messages").GetInt32() < 512)
                await Task.Delay(5, patience.Token);
            await service.KillAsync();
        }

        await using var next = await StartAsync();
        await next.Client.WaitForAllUploadsAsync();
        var id = (await next.Client.UploadsAsync())[0].GetProperty("upload").GetString();
        var upload = await next.Client.GetFromJsonAsync<JsonElement>($"/v1/uploads/{id}");
        Assert.Equal(("slack", 4000, 4000, 0, 0), Counts(upload));
        Assert.Equal(4000, upload.IndexSize());
        Assert.Empty(Directory.GetDirectories(_data.PathOf("uploads")));
    }

    private static (string? Format, int Messages, int New, int Updated, int Unchanged) Counts(JsonElement answer)
    {
        var file = Assert.Single(answer.GetProperty("files").EnumerateArray());
        return (Text(file, "format"), Number(file, "messages"), Number(file, "new"), Number(file, "updated"), Number(file, "unchanged"));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static async Task<JsonElement> PostAsync(ServiceProcess service, string request, MultipartFormDataContent form)
    {
        using (form)
        {
            using var answer = await service.Client.PostAsync(request, form);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    private static MultipartFormDataContent Single(string name, string content) => new() { { new StringContent(content), "files", name } };

    private static MultipartFormDataContent Folder(TestExport export)
    {
        var form = new MultipartFormDataContent();
        foreach (var (path, content) in export.Files)
            form.Add(new ByteArrayContent(content), "files", $"workspace/{path}");
        return form;
    }

    private static MultipartFormDataContent Zip(string name, TestExport export)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, content) in export.Files)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(content);
            }

        return new MultipartFormDataContent { { new ByteArrayContent(bytes.ToArray()), "files", name } };
    }

    /// <summary>Five messages a day in each of two channels.</summary>
    private static TestExport Workspace(int days)
    {
        var export = new SlackExport().User("U1", "ann", "Ann Example").Channel("C0123ABCD", "general").Channel("C0123ABCE", "random");
        for (var day = 0; day < days; day++)
            for (var i = 0; i < 10; i++)
            {
                var folder = i % 2 == 0 ? "random" : "general";
                var ts = $"{1_700_000_000 + (day * 86_400) + i}.000100";
                var date = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + (day * 86_400L)).ToString("yyyy-MM-dd", null);
                export.Message(
                    folder, date, $$"""{"type":"message","user":"U1","text":"day {{day}} message {{i}} of {{folder}}","ts":"{{ts}}"}""");
            }

        return export.ToExport();
    }

    private static string Chat(int from, int to)
    {
        var text = new StringBuilder();
        for (var i = from; i < to; i++)
            text.Append(null, $"{new DateTime(2025, 3, 14).AddHours(7 * i):dd'/'MM'/'yyyy, HH:mm} - {(i % 3 == 0 ? "Ann" : "Me")}: hello {i}\n");
        return text.ToString();
    }

    private async Task<ServiceProcess> StartAsync()
    {
        var service = ServiceProcess.Launch(CheapService.Command, _data.Path);
        await service.WaitUntilReadyAsync();
        return service;
    }
}
