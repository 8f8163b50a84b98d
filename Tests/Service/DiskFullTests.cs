using System.Diagnostics;
using System.Net;

namespace ChatAnalysis.Tests.Service;

/// <summary>A disk that fills up, as a small tmpfs.</summary>
public sealed class DiskFullTests
{
    [SkippableFact]
    public async Task A_full_disk_loses_nothing_and_the_service_goes_on_once_there_is_room()
    {
        using var mount = new TemporaryFolder();
        Skip.IfNot(await RunAsync("mount", "-t", "tmpfs", "-o", "size=12m", "none", mount.Path), "only root can mount a small tmpfs");
        try
        {
            await FillAndFreeAsync(mount);
        }
        finally
        {
            await RunAsync("umount", "--lazy", mount.Path);
        }
    }

    private static async Task FillAndFreeAsync(TemporaryFolder mount)
    {
        var first = ChatExport.Prototype("first", 50);
        var second = ChatExport.Prototype("second", 50);
        await using var service = await ServiceProcess.StartAsync(mount.PathOf("data"));
        Assert.Equal(50, (await service.Client.UploadAsync(first)).IndexSize());

        var ballast = mount.PathOf("ballast");
        Fill(ballast);
        using (var form = ChatExport.Form(second))
        using (var answer = await service.Client.PostAsync("/upload?wait=false", form))
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(first.Texts[7], (await service.Client.SearchAsync(first.Texts[7], 1))[0].GetProperty("text").GetString());

        File.Delete(ballast);
        var uploaded = await service.Client.UploadAsync(second);
        Assert.Equal(100, uploaded.IndexSize());

        Fill(ballast);
        await service.KillAsync();
        File.Delete(ballast);
        await using var again = await ServiceProcess.StartAsync(mount.PathOf("data"));
        foreach (var text in first.Texts.Concat(second.Texts))
            Assert.Single(await again.Client.SearchAsync(text, 5), h => h.GetProperty("text").GetString() == text);
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[1024];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // full, as wanted
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
