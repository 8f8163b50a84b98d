using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Configuration;

/// <summary>Folders that only the program's user may enter: they hold what people said.</summary>
internal static class PrivateFolder
{
    /// <summary>Creates a folder, and those above it, where missing.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The absolute path of the folder that a setting names, created and found to be writable.</summary>
    /// <exception cref="StartFailedException">It cannot be created or written to.</exception>
    public static string Require(string setting, string path)
    {
        try
        {
            var folder = Path.GetFullPath(path);
            Create(folder);
            var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
            using (File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose))
                return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartFailedException(
                $"{setting} is '{path}', but must be a folder that can be created and written to: {exception.Message}", exception);
        }
    }
}
