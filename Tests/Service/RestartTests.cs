using System.Text;

namespace ChatAnalysis.Tests.Service;

/// <summary>What a start makes of what it finds in DATA_DIR.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly ChatExport _export = ChatExport.Prototype("kept", 60);

    private string Snapshot => _data.PathOf("faiss_index.index");

    public void Dispose() => _data.Dispose();

    [SkippableFact]
    public async Task After_SIGTERM_FAISS_own_Python_reads_as_many_vectors_as_index_size()
    {
        long size;
        await using (var service = await ServiceProcess.StartAsync(_data.Path))
        {
            size = (await service.Client.UploadAsync(_export)).IndexSize();
            Assert.Equal(0, await service.TerminateAsync());
        }

        var count = await DebianPython.RunAsync("faiss", "import sys, faiss; print(faiss.read_index(sys.argv[1]).ntotal)", Snapshot);
        Assert.Equal($"{size}", count);
    }

    [Fact]
    public async Task A_truncated_snapshot_is_rebuilt()
    {
        await UploadAndStopAsync();
        using (var file = File.OpenWrite(Snapshot))
            file.SetLength(file.Length / 2);
        await EverythingIsThereAsync();
    }

    [Fact]
    public async Task A_snapshot_that_another_file_took_the_place_of_is_rebuilt()
    {
        await UploadAndStopAsync();
        await File.WriteAllBytesAsync(Snapshot, Encoding.UTF8.GetBytes("IxFI and then something else entirely"));
        await EverythingIsThereAsync();
    }

    [Fact]
    public async Task A_snapshot_of_another_time_is_brought_up_to_date()
    {
        await UploadAndStopAsync();
        var old = await File.ReadAllBytesAsync(Snapshot);
        await using (var service = await ServiceProcess.StartAsync(_data.Path))
        {
            await service.Client.UploadAsync(ChatExport.Prototype("later", 40));
            await service.TerminateAsync();
        }

        await File.WriteAllBytesAsync(Snapshot, old);
        await using var again = await ServiceProcess.StartAsync(_data.Path);
        foreach (var text in ChatExport.Prototype("later", 40).Texts)
            Assert.Equal(text, (await again.Client.SearchAsync(text, 1))[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_database_with_a_newer_schema_stops_the_start_and_is_left_as_it_is()
    {
        await UploadAndStopAsync();
        Execute("PRAGMA user_version = 9999");
        await using (var service = ServiceProcess.Launch(_data.Path))
        {
            Assert.NotEqual(0, await service.WaitForExitAsync());
            Assert.Contains("9999", service.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
        }

        Assert.Equal(_export.Texts.Count, Execute("SELECT COUNT(*) FROM messages"));
    }

    [Fact]
    public async Task A_second_service_on_the_same_folder_says_who_holds_it_and_ends()
    {
        await using var first = await ServiceProcess.StartAsync(_data.Path);
        await using var second = ServiceProcess.Launch(_data.Path);
        Assert.NotEqual(0, await second.WaitForExitAsync());
        Assert.Contains($"{first.Id}", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        await first.Client.UploadAsync(_export);
    }

    [Fact]
    public async Task Two_services_on_two_folders_run_side_by_side()
    {
        using var other = new TemporaryFolder();
        await using var first = await ServiceProcess.StartAsync(_data.Path);
        await using var second = await ServiceProcess.StartAsync(other.Path);
        Assert.Equal(60, (await first.Client.UploadAsync(_export)).IndexSize());
        Assert.Equal(30, (await second.Client.UploadAsync(ChatExport.Prototype("other", 30))).IndexSize());
    }

    private async Task UploadAndStopAsync()
    {
        await using var service = await ServiceProcess.StartAsync(_data.Path);
        await service.Client.UploadAsync(_export);
        await service.TerminateAsync();
    }

    private async Task EverythingIsThereAsync()
    {
        await using var service = await ServiceProcess.StartAsync(_data.Path);
        foreach (var text in _export.Texts)
            Assert.Equal(text, (await service.Client.SearchAsync(text, 1))[0].GetProperty("text").GetString());
        Assert.Equal(_export.Texts.Count, (await service.Client.UploadAsync(_export)).IndexSize());
    }

    private long Execute(string sql)
    {
        using var database = new IndexFile(_data.Path);
        return database.Number(sql);
    }
}
