using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>What was concluded from a file's beginning; the beginning itself need not be kept.</summary>
/// <param name="File">The file.</param>
/// <param name="Formats">The formats that it may be of, the likeliest first; none where it is no chat.</param>
/// <param name="Accompanies">The format about whose chats it tells; null where there is none.</param>
/// <param name="Kind">What it is by its first bytes.</param>
internal sealed record JudgedFile(ExportFile File, IReadOnlyList<IChatFormat> Formats, IChatFormat? Accompanies, FileKind Kind)
{
    /// <summary>What was seen of it, in words, where it might have been a chat but is none that is known.</summary>
    public string? Seen { get; init; }

    /// <summary>What is wrong with its JSON as far as it was looked at.</summary>
    public JsonFault? Fault { get; init; }

    /// <summary>What is wrong with it in its archive, as far as it was looked at.</summary>
    public string? Damage { get; init; }

    /// <summary>The same as an error, where there is any.</summary>
    public IEnumerable<FileError> Damages => Damage is null ? [] : [PartReader.Damage(File, Damage)];

    /// <summary>What it is, in a word or a few, where it is not read.</summary>
    public string What => (Kind, Extension) switch
    {
        (FileKind.Json, _) when Fault is null => "json of an unknown shape",
        (FileKind.Json or FileKind.Text, "txt" or "csv" or "tsv" or "log" or "md" or "") => "text of an unknown shape",
        (FileKind.Json, "json" or "jsonl" or "ndjson") => "json that is not valid",
        (FileKind.Utf16, _) => "text in UTF-16",
        (FileKind.Empty, _) => "empty file",
        (FileKind.Zip or FileKind.Gzip or FileKind.Tar, "") => "archive",
        (_, "") => "neither text nor an archive",
        (_, var extension) => extension,
    };

    /// <summary>Whether its owner would wonder that it is not read.</summary>
    public bool IsWorthAWord => What.Contains("shape", StringComparison.Ordinal) || What.Contains("valid", StringComparison.Ordinal)
        || Kind == FileKind.Utf16 || Damage is not null;

    private string Extension
    {
        get
        {
            var extension = System.IO.Path.GetExtension(File.Name).TrimStart('.').ToLowerInvariant();
            return extension.Length is > 0 and <= 8 && extension.All(char.IsAsciiLetterOrDigit) ? extension : "";
        }
    }

    /// <summary>Looks at a file and concludes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="formats">The formats to think of, in the order in which they are tried.</param>
    /// <param name="forced">Whether the first of them is taken whatever the file looks like.</param>
    /// <param name="bufferBytes">The scanner's window.</param>
    public static JudgedFile Of(ExportFile file, IReadOnlyList<IChatFormat> formats, bool forced, int bufferBytes)
    {
        // There may be a hundred thousand of them.
        const int describedAtMost = 200;
        var readable = new ForgivingFile(file);
        var sketch = FileSketcher.Sketch(readable, formats, bufferBytes);
        var sketched = new SketchedFile(file, sketch);
        IChatFormat[] recognised = [.. formats.Where(format => format.Recognises(sketch))];
        if (recognised.Length == 0 && forced && sketch.Kind is FileKind.Json or FileKind.Text)
            recognised = [formats[0]];
        var described = recognised.Length == 0 && sketch.Kind is FileKind.Json or FileKind.Text ? sketch.Describe() : null;
        return new JudgedFile(
            file, recognised, recognised.Length == 0 ? formats.FirstOrDefault(format => format.Accompanies(sketched)) : null, sketch.Kind)
        {
            Seen = file.Path.Length > 0 && described?.Length > describedAtMost ? described[..describedAtMost] + "…" : described,
            Fault = sketch.Fault,
            Damage = readable.Damage,
        };
    }
}
