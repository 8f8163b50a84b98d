namespace ChatAnalysis.Tests.VectorIndex;

public sealed class PrivateFileTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Whatever_the_data_directorys_mode_its_files_are_for_the_programs_user_alone()
    {
#pragma warning disable CA1416 // The program runs on Linux and macOS.
        await using var owner = await TestOwner.StartAsync();
        File.SetUnixFileMode(owner.Folder, Private | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await owner.ImportAsync("one", "hello");
        var whileRunning = Modes(owner.Folder);
        await owner.RestartAsync();

        string[] names = ["chatanalysis.db", "chatanalysis.db-shm", "chatanalysis.db-wal", "index.lock", "index.owner"];
        Assert.Equal(names.Select(name => (name, Private)), whileRunning);
        Assert.Contains(("faiss_index.index", Private), Modes(owner.Folder));
        Assert.Equal([(".chatanalysis", Private)], Modes(owner.Storage.UploadDirectory));
    }

    private static IEnumerable<(string Name, UnixFileMode Mode)> Modes(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.GetUnixFileMode(path)))];
#pragma warning restore CA1416
}
