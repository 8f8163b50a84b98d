using System.Diagnostics;
using System.Net;

namespace ChatAnalysis.Tests.Gateway;

public sealed class DiskFullTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _mounted;

    [Fact]
    public async Task An_upload_that_cannot_be_recorded_is_507_and_its_files_go()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.OpeningFault = new IOException("There is no space left for the database");

        using var response = await gateway.UploadAsync("/upload", ("a.json", "{}"));

        await TestGateway.ProblemAsync(response, HttpStatusCode.InsufficientStorage);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
    }

    [SkippableFact]
    public async Task A_file_that_does_not_fit_is_507_and_gives_its_room_back()
    {
        Skip.IfNot(_mounted, "Mounting a small disk takes root");
        await using var gateway = await new TestGateway { Settings = [$"UPLOAD_DIR={_folder.Path}"] }.StartReadyAsync();

        using var refused = await gateway.UploadAsync("/upload", ("small.json", "{}"), ("large.json", new string(' ', 2 << 20)));
        using var taken = await gateway.UploadAsync("/upload", ("large.json", new string(' ', 900_000)));

        var problem = await TestGateway.ProblemAsync(refused, HttpStatusCode.InsufficientStorage);
        Assert.Equal("large.json", problem.GetProperty("file").GetString());
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    public async Task InitializeAsync() =>
        _mounted = OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder.Path);

    public async Task DisposeAsync()
    {
        if (_mounted)
            await RunAsync("umount", _folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
