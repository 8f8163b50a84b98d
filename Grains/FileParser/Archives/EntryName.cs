using System.Text;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>An entry's name, made a path with slashes; or why an archive that holds it is not to be trusted.</summary>
/// <remarks>
/// Nothing is ever written under such a name. One that climbs is refused all the same: no honest program writes it, and whoever shows
/// or exports it later need not be careful.
/// </remarks>
/// <param name="Path">The path, fit to be shown, without slashes at its ends.</param>
/// <param name="Problem">What is wrong with it; null where nothing is.</param>
/// <param name="IsFolder">Whether it names a folder.</param>
internal readonly record struct EntryName(string Path, string? Problem, bool IsFolder)
{
    private const int MaxLength = 1024;
    private const int MaxFolders = 64;
    private const int LengthShown = 120;

    /// <summary>Judges a name as an archive gives it.</summary>
    public static EntryName Of(string name)
    {
        // Some archivers of Windows write backslashes. They are folders there, and mean no harm.
        var path = name.Replace('\\', '/');
        var problem = path switch
        {
            _ when path.Length > MaxLength => $"a name of more than {MaxLength} characters",
            _ when path.Contains('\0', StringComparison.Ordinal) => "a name with a NUL in it",
            ['/', ..] => "a name that is an absolute path",
            [var drive, ':', ..] when char.IsAsciiLetter(drive) && path is [_, _] or [_, _, '/', ..] => "a name that begins with a drive",
            _ when path.Split('/') is var parts && parts.Contains("..") => "a name that climbs out of its folder",
            _ when path.AsSpan().Count('/') > MaxFolders => $"a name of more than {MaxFolders} folders",
            _ => null,
        };
        var isFolder = path.EndsWith('/');
        if (problem is not null)
            return new EntryName(Shown(path.Length > LengthShown ? path[..LengthShown] + "…" : path), problem, isFolder);
        var kept = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
        return new EntryName(Shown(string.Join('/', kept)), null, isFolder);
    }

    /// <summary>Whether systems leave such files in archives by themselves.</summary>
    public bool IsSystems =>
        Path.StartsWith("__MACOSX/", StringComparison.Ordinal) || Path.Contains("/__MACOSX/", StringComparison.Ordinal)
        || Path[(Path.LastIndexOf('/') + 1)..] is var last
        && (last is ".DS_Store" or "Thumbs.db" or "desktop.ini" || last.StartsWith("._", StringComparison.Ordinal));

    /// <summary>Makes what cannot be seen, or turns the line around, a question mark.</summary>
    private static string Shown(string path)
    {
        var shown = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
        {
            var hidden = Rune.GetUnicodeCategory(rune)
                is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator
                || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
            shown.Append(hidden ? "?" : rune.ToString());
        }

        return shown.ToString();
    }
}
