using System.Text.Json;

namespace ChatAnalysis.Bench;

/// <summary>Real conversations of the folder shared/ beside the repository.</summary>
internal static class SharedData
{
    /// <summary>All utterances of Taskmaster-4, in order.</summary>
    public static string[]? Taskmaster() => Texts("taskmaster4_utterances.jsonl", _ => true);

    /// <summary>CLINC150's labelled texts: splits train, val and test, in the file's order.</summary>
    public static string[]? Clinc() => Texts("clinc150.jsonl", e => !IsOutOfScope(e));

    /// <summary>CLINC150's texts that belong to no intent.</summary>
    public static string[]? ClincOutOfScope() => Texts("clinc150.jsonl", IsOutOfScope);

    private static bool IsOutOfScope(JsonElement entry) => entry.GetProperty("intent").GetString() == "oos";

    private static string[]? Texts(string file, Func<JsonElement, bool> wanted)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path))
                return [.. File.ReadLines(path).Select(l => JsonElement.Parse(l)).Where(wanted).Select(e => e.GetProperty("text").GetString()!)];
        }

        Console.WriteLine($"skipped: shared/data/{file} is not beside the repository");
        return null;
    }
}
