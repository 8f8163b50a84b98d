using System.Text.Json;

namespace ChatAnalysis.Bench;

/// <summary>Taskmaster-4's utterances, from the folder shared/ beside the repository.</summary>
internal static class Taskmaster
{
    /// <summary>All 13,915 texts in order; null, and a line that says so, where the folder is missing.</summary>
    public static string[]? Texts()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "taskmaster4_utterances.jsonl");
            if (File.Exists(path))
                return [.. File.ReadLines(path).Select(line => JsonElement.Parse(line).GetProperty("text").GetString()!)];
        }

        Console.WriteLine("skipped: shared/data/taskmaster4_utterances.jsonl is not beside this repository");
        return null;
    }
}
