using ChatAnalysis.Grains.FileParser.Archives;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>Tells what an upload holds: what was read of it, and what was not.</summary>
internal static class UploadReport
{
    private const string Unknown = "json of an unknown shape";
    private const int KindsTold = 30;
    private const int FilesNamed = 5;

    /// <summary>The report of an upload that is read.</summary>
    /// <param name="parts">What was read.</param>
    /// <param name="disowned">What looked like a chat and is none.</param>
    /// <param name="ignored">Files that are neither chats nor tell about them.</param>
    /// <param name="contents">What the archives held.</param>
    public static FileReport Of(
        IReadOnlyList<PartSurvey> parts, IReadOnlyList<PartSurvey> disowned, IReadOnlyList<JudgedFile> ignored, ArchiveContents contents)
    {
        var tallies = parts.GroupBy(part => part.Part.Format.Id).Select(group =>
        {
            var sum = new ReadingTally(group.Key);
            foreach (var part in group)
                sum.Add(part.Tally);
            return sum;
        }).ToList();
        var all = tallies[0];
        if (tallies.Count > 1)
        {
            all = new ReadingTally(FileReport.Mixed);
            tallies.ForEach(all.Add);
            all.Variant = null;
        }

        var report = all.ToReport();
        return report with
        {
            FilesRead = parts.Sum(part => part.Part.Files.Count) + parts.SelectMany(part => part.Part.Companions).Distinct().Count(),
            FilesIgnored = Kinds(
                ignored.Select(file => file.What).Concat(disowned.SelectMany(part => part.Part.Files).Select(_ => Unknown)), contents),
            Warnings = [.. report.Warnings, .. Damaged(parts, contents), .. Named(disowned, ignored)],
            Exports = tallies.Count > 1 ? [.. tallies.Select(tally => tally.ToReport())] : [],
        };
    }

    /// <summary>What an archive or folder holds in which there is no chat, for the person who sent it.</summary>
    public static string Describe(IReadOnlyList<JudgedFile> files, ArchiveContents contents)
    {
        var kinds = Kinds(files.Select(file => file.What), contents);
        var seen = kinds.Count == 0 ? "no files" : string.Join(", ", kinds.Select(kind => $"{kind.Value} x {kind.Key}"));
        var named = files.Where(file => file.Seen is not null).Take(FilesNamed).Select(file => $"{file.File.Path} is {file.Seen}");
        return $"an archive of {seen}, and no chat export that is known"
            + (named.Any() ? $" ({string.Join("; ", named)})" : "");
    }

    private static List<string> Damaged(IReadOnlyList<PartSurvey> parts, ArchiveContents contents)
    {
        var damages = contents.Damages.Select(damage => $"{damage.Place}: {damage.Detail}; it was not read")
            .Concat(parts.SelectMany(part => part.Damages.Select(damage => damage.Sentence)));
        return FirstOf([.. damages], "damages");
    }

    private static List<string> Named(IReadOnlyList<PartSurvey> disowned, IReadOnlyList<JudgedFile> ignored)
    {
        var named = disowned
            .Select(part => $"{part.Part.Files[0].Path} was not read: it looks like {part.Part.Format.Id}, but {part.Disowned}")
            .Concat(ignored.Where(file => file.IsWorthAWord).Select(file => $"{file.File.Path} was not read: {Why(file)}"));
        return FirstOf([.. named], "files that were not read");
    }

    private static string Why(JudgedFile file) =>
        file.Damage ?? (file.Fault is { } fault ? $"{file.What}, byte {fault.Offset}: {fault.Detail}"
            : file.Seen is null ? file.What : $"it is {file.Seen}");

    private static List<string> FirstOf(List<string> sentences, string what)
    {
        var more = sentences.Count - FilesNamed;
        return more > 0 ? [.. sentences.Take(FilesNamed), $"{more} more {what}"] : sentences;
    }

    private static Dictionary<string, long> Kinds(IEnumerable<string> whats, ArchiveContents contents)
    {
        var kinds = new Dictionary<string, long>(contents.Ignored);
        foreach (var what in whats)
            kinds[what] = kinds.GetValueOrDefault(what) + 1;
        if (kinds.Count <= KindsTold)
            return kinds;
        var told = kinds.OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .Take(KindsTold).ToDictionary();
        told["others"] = kinds.Values.Sum() - told.Values.Sum();
        return told;
    }
}
