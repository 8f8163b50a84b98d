using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.FileParser;

/// <summary>The methods of <see cref="IFileParserGrain"/> that are called; files to be imported come as jobs.</summary>
internal static class FileParserMethods
{
    public static readonly GrainMethod<FileInspectionRequest, FileInspection> Inspect = new("FileParser.Inspect");

    /// <summary>The queue of inspections: each parser takes two at once, beside its uploads; the others wait here.</summary>
    public static readonly ServedQueue Inspections = new("inspections", Prefetch: 2, BegunOnce: true);

    /// <summary>The methods over a grain of this process.</summary>
    public static GrainMethods MethodsOf(IFileParserGrain parser) => new GrainMethods().Add(Inspect, parser.InspectAsync);
}
