namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Files that only the program's user may read, whatever the folder's mode: they hold what people said.</summary>
internal static class PrivateFile
{
    /// <summary>Creates a file, or opens the one that is there, which keeps its mode.</summary>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>Creates an empty file, for a library to open that knows no modes.</summary>
    public static void Create(string path)
    {
        using (Open(path, FileMode.Create))
        {
        }
    }
}
