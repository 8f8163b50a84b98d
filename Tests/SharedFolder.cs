using System.Runtime.CompilerServices;

namespace ChatAnalysis.Tests;

/// <summary>The folder shared/ beside the repository: golden answers and real conversations. Users do not have it.</summary>
internal static class SharedFolder
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));

    /// <summary>The path of one of its files; skips the calling test, saying so, where the folder is missing.</summary>
    public static string File(string relativePath, [CallerMemberName] string test = "")
    {
        var path = Path.Combine(Root, relativePath);
        Skip.IfNot(System.IO.File.Exists(path), $"{test} needs shared/{relativePath}, which is not beside this repository");
        return path;
    }
}
