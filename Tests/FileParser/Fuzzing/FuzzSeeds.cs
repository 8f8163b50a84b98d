namespace ChatAnalysis.Tests.FileParser.Fuzzing;

/// <summary>A small export of every format, each with the format's oddities.</summary>
internal static class FuzzSeeds
{
    public static IReadOnlyList<(string Name, TestExport Export)> All { get; } =
    [
        .. Exports.OfEachFormat.OfType<object[]>().Select((row, i) => ($"export {i}", TestExport.Of((string)row[0]))),
    ];
}
