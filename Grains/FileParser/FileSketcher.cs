using ChatAnalysis.Grains.FileParser.Bytes;
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
    private const int DocumentsSeen = 32;

    /// <summary>Sketches a file by its beginning, or all of it where no format recognises the beginning.</summary>
    /// <param name="source">The file.</param>
    /// <param name="bufferBytes">The scanner's window.</param>
    /// <param name="fault">What is wrong with the JSON of what was looked at, if anything is.</param>
    public static FileSketch Sketch(IByteSource source, int bufferBytes, out JsonFault? fault)
    {
        var sketch = Sketch(new PrefixBytes(source, Beginning), bufferBytes, out fault, out var cut);
        return cut && !ChatFormats.All.Any(format => format.Recognises(sketch))
            ? Sketch(new PrefixBytes(source, long.MaxValue), bufferBytes, out fault, out _)
            : sketch;
    }

    private static FileSketch Sketch(PrefixBytes prefix, int bufferBytes, out JsonFault? fault, out bool cut)
    {
        using var json = new JsonScanner(prefix, Beginning, bufferBytes: bufferBytes);
        var sketch = new FileSketch();
        while (sketch.Documents < DocumentsSeen && json.NextDocument())
        {
            if (sketch.Documents++ == 0)
                sketch.Root = json.Kind;
            Visit(json, sketch, "", Depth);
        }

        // What looks broken may just be cut.
        cut = prefix.WasCut;
        fault = cut ? null : json.Fault;
        return sketch;
    }

    private static void Visit(JsonScanner json, FileSketch sketch, string path, int depth)
    {
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
            if (path.Length == 0)
                sketch.NoteRootKey(key, json.Kind);
            else
                sketch.Note(key = $"{path}.{key}", json.Kind);
            Visit(json, sketch, key, depth - 1);
        }
    }
}
