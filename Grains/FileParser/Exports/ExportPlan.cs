using ChatAnalysis.Grains.FileParser.Formats;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>Which files of an upload are read together, and which are no chats.</summary>
/// <param name="Parts">In the order in which their messages are numbered.</param>
/// <param name="Ignored">Files that are neither chats nor tell about them.</param>
internal sealed record ExportPlan(IReadOnlyList<ExportPart> Parts, IReadOnlyList<SketchedFile> Ignored)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="files">The files of the upload with what they look like, in any order.</param>
    /// <param name="formats">The formats to think of, in the order in which they are tried.</param>
    public static ExportPlan Of(IEnumerable<SketchedFile> files, IReadOnlyList<IChatFormat> formats)
    {
        var chats = new List<(IChatFormat Format, SketchedFile File)>();
        var companions = new List<(IChatFormat Format, ExportFile File)>();
        var ignored = new List<SketchedFile>();
        foreach (var file in files.OrderBy(file => file.File.Path, NaturalOrder.Instance))
        {
            if (formats.FirstOrDefault(format => format.Recognises(file.Sketch)) is { } format)
                chats.Add((format, file));
            else if (formats.FirstOrDefault(format => format.Accompanies(file)) is { } accompanied)
                companions.Add((accompanied, file.File));
            else
                ignored.Add(file);
        }

        var parts = chats
            .GroupBy(chat => (chat.Format, chat.Format.ReadsFolders ? chat.File.File.Folder : chat.File.File.Path))
            .Select(group => new ExportPart(
                group.Key.Format,
                [.. group.Select(chat => chat.File.File)],
                [.. companions.Where(c => c.Format == group.Key.Format && IsAbove(c.File.Folder, group.First().File.File.Folder))
                    .Select(c => c.File)]));
        return new ExportPlan([.. parts], ignored);
    }

    private static bool IsAbove(string folder, string other) =>
        folder.Length == 0 || other == folder || other.StartsWith(folder + "/", StringComparison.Ordinal);
}
