using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.Load;

/// <summary>A parser of this process, with its calls counted, timed and traced: a file is part of its upload's trace.</summary>
internal sealed class MeasuredFileParser(IFileParserGrain parser, GrainMeter meter) : IFileParserGrain
{
    /// <inheritdoc/>
    public Task<FileJobOutcome> ParseAsync(FileJob job, CancellationToken cancellationToken) =>
        meter.MeasureAsync("FileParser.Parse", () => parser.ParseAsync(job, cancellationToken), job.TraceParent);

    /// <inheritdoc/>
    public Task<FileInspection> InspectAsync(FileInspectionRequest request, CancellationToken cancellationToken) =>
        meter.MeasureAsync("FileParser.Inspect", () => parser.InspectAsync(request, cancellationToken));
}
