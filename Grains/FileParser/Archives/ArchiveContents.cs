using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>What the archives of one upload hold, those within archives opened too.</summary>
internal sealed class ArchiveContents
{
    /// <summary>All files but archives that were opened.</summary>
    public List<ExportFile> Files { get; } = [];

    /// <summary>Entries that are no files to be read, by what they are.</summary>
    public Dictionary<string, long> Ignored { get; } = [];

    /// <summary>Entries and archives that cannot be read, each with its reason, in the order in which they were met.</summary>
    public List<FileError> Damages { get; } = [];

    /// <summary>Whether there was an archive at all.</summary>
    public bool WasArchive { get; set; }

    /// <summary>Files that come by themselves.</summary>
    public static ArchiveContents Of(IEnumerable<ExportFile> files)
    {
        var contents = new ArchiveContents();
        contents.Files.AddRange(files);
        return contents;
    }

    /// <summary>Counts an entry that is no file to be read.</summary>
    public void Ignore(string what) => Ignored[what] = Ignored.GetValueOrDefault(what) + 1;

    /// <summary>Notes what cannot be read.</summary>
    public void Damage(string path, string detail) =>
        Damages.Add(new FileError(FileErrorKind.Damaged, detail, path.Length == 0 ? null : path));
}
