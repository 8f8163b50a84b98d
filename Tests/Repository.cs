namespace ChatAnalysis.Tests;

/// <summary>Finds the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds ChatAnalysis.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ChatAnalysis.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No ChatAnalysis.sln above {AppContext.BaseDirectory}: run the tests from within the repository");
    }
}
