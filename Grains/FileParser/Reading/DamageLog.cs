using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>The damages that a walk through a part went past.</summary>
internal sealed class DamageLog
{
    /// <summary>How many entries may be damaged: a file with more is none that was whole once.</summary>
    public const int MostEntries = 100_000;

    private readonly List<KeptDamage> _files = [];
    private FileError? _firstEntry;

    /// <summary>Entries and lines that were passed over.</summary>
    public int Entries { get; private set; }

    /// <summary>All of them, for the report.</summary>
    public IReadOnlyList<KeptDamage> All => _firstEntry is { } first && !_files.Exists(file => file.Error == first)
        ? [new KeptDamage(first, Skipped), .. _files]
        : _files;

    private string Skipped =>
        Entries == 1 ? "it was skipped" : $"it was skipped, as was what is damaged in {Entries - 1} more places";

    /// <summary>Notes an entry or a line that was passed over.</summary>
    /// <param name="find">Makes its error; only the first one's is told.</param>
    public void PassEntry(Func<FileError>? find)
    {
        Entries++;
        _firstEntry ??= find?.Invoke();
    }

    /// <summary>Notes what ended a file.</summary>
    public void EndFile(FileError error, string loss) => _files.Add(new KeptDamage(error, loss));
}
