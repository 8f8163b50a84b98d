using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>Looks at the beginning of a file.</summary>
internal static class FileSketcher
{
    private const int Beginning = 1024 * 1024;
    private const int Depth = 4;
    private const int ElementsSeen = 32;
    private const int KeysSeen = 256;
    private const int KeyLengthNoted = 256; // no format has longer ones, and each path below repeats it
    private const int DocumentsSeen = 32;

    /// <summary>Sketches a file by its beginning, or all of it where no format recognises the beginning.</summary>
    /// <param name="file">The file.</param>
    /// <param name="formats">The formats that are thought of.</param>
    /// <param name="bufferBytes">The scanner's window.</param>
    /// <exception cref="InvalidDataException">The archive that it comes from is damaged there.</exception>
    public static FileSketch Sketch(ExportFile file, IReadOnlyList<IChatFormat> formats, int bufferBytes)
    {
        using var source = file.Open();
        var (kind, lines) = FileBeginning.Look(source);
        var sketch = new FileSketch { Kind = kind, FirstLines = lines };
        if (kind != FileKind.Json)
            return sketch;
        var cut = Sketch(new PrefixBytes(source, Beginning), sketch, bufferBytes);
        if (!cut || formats.Any(format => format.Recognises(sketch)))
            return sketch;
        sketch = new FileSketch { Kind = kind, FirstLines = lines };
        Sketch(new PrefixBytes(source, long.MaxValue), sketch, bufferBytes);
        return sketch;
    }

    private static bool Sketch(PrefixBytes prefix, FileSketch sketch, int bufferBytes)
    {
        // The formats whose exports have these faults are to be recognised; the others' readers refuse them.
        using var json = new JsonScanner(prefix, Beginning, bufferBytes: bufferBytes) { Tolerant = true };
        while (sketch.Documents < DocumentsSeen && json.NextDocument())
        {
            if (sketch.Documents++ == 0)
                sketch.Root = json.Kind;
            Visit(json, sketch, "", Depth);
        }

        // What looks broken may just be cut.
        sketch.Fault = prefix.WasCut ? null : json.Fault ?? json.Tolerated;
        return prefix.WasCut;
    }

    private static void Visit(JsonScanner json, FileSketch sketch, string path, int depth)
    {
        if (json.Kind == JsonKind.Text && sketch.TextAt(path) is null && json.ReadLabelUpTo(FileSketch.TextLengthKept * 3) is { } text)
            sketch.NoteText(path, text);
        if (depth == 0 || json.Kind is not (JsonKind.Object or JsonKind.Array))
            return;
        if (json.Kind == JsonKind.Array)
        {
            json.Enter();
            for (var seen = 0; json.NextElement(); seen++)
                if (seen < ElementsSeen)
                {
                    sketch.Note(path + "[]", json.Kind);
                    Visit(json, sketch, path + "[]", depth - 1);
                }

            return;
        }

        json.Enter();
        for (var seen = 0; json.NextProperty(); seen++)
        {
            if (seen >= KeysSeen)
                continue;
            var key = json.ReadKey();
            if (key.Length > KeyLengthNoted)
            {
                if (path.Length == 0)
                    sketch.NoteRootKey(key[..KeyLengthNoted], json.Kind);
                continue;
            }

            if (path.Length == 0)
                sketch.NoteRootKey(key, json.Kind);
            else
                sketch.Note(key = $"{path}.{key}", json.Kind);
            Visit(json, sketch, key, depth - 1);
        }
    }
}
