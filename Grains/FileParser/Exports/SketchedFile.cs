namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>A file with what its beginning looks like.</summary>
/// <param name="File">The file.</param>
/// <param name="Sketch">What its beginning holds.</param>
internal sealed record SketchedFile(ExportFile File, FileSketch Sketch);
