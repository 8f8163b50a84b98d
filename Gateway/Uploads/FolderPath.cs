namespace ChatAnalysis.Gateway.Uploads;

/// <summary>The names that browsers give the files of a folder, such as <c>export/general/2024-01-02.json</c>.</summary>
internal static class FolderPath
{
    /// <summary>Whether a name is a path within a folder: at least two segments, and nothing in it that leads elsewhere.</summary>
    public static bool Is(string name) =>
        name.Contains('/')
        && !HasDrive(name)
        && !name.Any(c => c == '\\' || char.IsControl(c))
        && name.Split('/').All(segment => segment is not ("" or "." or ".."));

    /// <summary>The folder that a path begins with.</summary>
    public static string RootOf(string path) => path[..path.IndexOf('/', StringComparison.Ordinal)];

    private static bool HasDrive(string name) => char.IsAsciiLetter(name[0]) && name[1] == ':';
}
