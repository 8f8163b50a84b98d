using ChatAnalysis.Grains.FileParser.Formats;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>What is read by itself, whatever else the upload holds: one file, or the files of a folder that belong together.</summary>
/// <param name="Format">The format of its files.</param>
/// <param name="Files">At least one; in the order of their names, numbers in them by value.</param>
/// <param name="Companions">The files that tell more about it, such as the names of users.</param>
internal sealed record ExportPart(IChatFormat Format, IReadOnlyList<ExportFile> Files, IReadOnlyList<ExportFile> Companions)
{
    /// <summary>The formats that its first file may be of, the likeliest first.</summary>
    public IReadOnlyList<IChatFormat> Candidates { get; init; } = [Format];
}
