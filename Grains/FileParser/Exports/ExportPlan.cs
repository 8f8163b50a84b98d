using ChatAnalysis.Grains.FileParser.Formats;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>Which files of an upload are read together, and which are no chats.</summary>
/// <param name="Parts">In the order in which their messages are numbered.</param>
/// <param name="Ignored">Files that are neither chats nor tell about them.</param>
internal sealed record ExportPlan(IReadOnlyList<ExportPart> Parts, IReadOnlyList<JudgedFile> Ignored)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="files">The files of the upload, in the order in which they are read.</param>
    public static ExportPlan Of(IEnumerable<JudgedFile> files)
    {
        var chats = new List<JudgedFile>();
        var companions = new Dictionary<(IChatFormat Format, string Folder), List<JudgedFile>>();
        var ignored = new List<JudgedFile>();
        foreach (var file in files)
        {
            if (file.Formats.Count > 0)
                chats.Add(file);
            else if (file.Accompanies is not { } format)
                ignored.Add(file);
            else if (companions.TryGetValue((format, format.FolderOf(file.File)), out var beside))
                beside.Add(file);
            else
                companions[(format, format.FolderOf(file.File))] = [file];
        }

        var parts = chats
            .GroupBy(chat => (chat.Formats[0], GroupOf(chat.File, chat.Formats[0])))
            .Select(group => new ExportPart(
                group.Key.Item1,
                [.. group.Select(chat => chat.File)],
                [.. CompanionsOf(group.Key.Item1, group.First().File.Folder, companions).Select(companion => companion.File)])
            {
                Candidates = group.First().Formats,
            })
            .ToList();

        // What tells about chats that are not there tells nothing.
        var used = parts.SelectMany(part => part.Companions).ToHashSet();
        ignored.AddRange(companions.Values.SelectMany(files => files).Where(companion => !used.Contains(companion.File)));
        return new ExportPlan(parts, ignored);
    }

    private static string GroupOf(ExportFile file, IChatFormat format) =>
        format.ReadsUploads ? "" : format.ReadsFolders ? file.Folder : file.Path;

    /// <summary>Those in the folder and above, the nearest last.</summary>
    private static List<JudgedFile> CompanionsOf(
        IChatFormat format, string folder, Dictionary<(IChatFormat Format, string Folder), List<JudgedFile>> companions)
    {
        var found = new List<JudgedFile>();
        if (companions.Count == 0)
            return found;
        for (var end = 0; ; end = folder.IndexOf('/', end + 1) is >= 0 and var next ? next : folder.Length)
        {
            if (companions.TryGetValue((format, folder[..end]), out var there))
                found.AddRange(there);
            if (end == folder.Length)
                return found;
        }
    }
}
