using System.Diagnostics;
using System.IO.Compression;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Archives;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Bench;

/// <summary>One large zip of many entries, read by one worker and by as many as there are cores.</summary>
internal static class ArchiveBench
{
    private const int Channels = 40;
    private const int DaysAChannel = 10;
    private const long BytesADay = 500_000;
    private const int Rounds = 5;

    public static Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("chatanalysis-archive-");
        try
        {
            var path = Path.Combine(folder.FullName, "workspace.zip");
            WriteWorkspace(path, Path.Combine(folder.FullName, "day.json"));
            var one = new List<double>();
            var all = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                one.Add(Seconds(path, folder.FullName, workers: 1));
                all.Add(Seconds(path, folder.FullName, Environment.ProcessorCount));
            }

            const double Megabytes = Channels * DaysAChannel * BytesADay / 1e6;
            Console.WriteLine($"a zip of {Channels * DaysAChannel} days of Slack, {Megabytes:F0} MB unpacked, {new FileInfo(path).Length / 1e6:F0} MB packed");
            Console.WriteLine($"  one worker   {Megabytes / one.Median(),6:F0} MB/s");
            Console.WriteLine(
                $"  {Environment.ProcessorCount} workers    {Megabytes / all.Median(),6:F0} MB/s  {one.Median() / all.Median():F2} x one worker");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    private static void WriteWorkspace(string path, string day)
    {
        PlatformExports.All.First(export => export.Name == "slack").Write(day, BytesADay);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        for (var channel = 0; channel < Channels; channel++)
            for (var i = 0; i < DaysAChannel; i++)
                zip.CreateEntryFromFile(day, $"channel{channel}/2024-01-{i + 1:D2}.json", CompressionLevel.Fastest);
    }

    /// <summary>The time of survey and read.</summary>
    private static double Seconds(string path, string folder, int workers)
    {
        using var bytes = new FileBytes(path, CancellationToken.None);
        using var spool = new Spool(folder);
        var watch = Stopwatch.StartNew();
        var file = new ChatFile([new UploadFile(bytes, new FileInfo(path).Length, "workspace.zip")], new ParsingOptions(), ReadingOptions.Default)
        {
            Spool = spool,
            Workers = workers,
        };
        var survey = file.Survey();
        if (survey.Report?.Format != "slack" || ChatFile.Read(survey, 0).LongCount() != survey.Report.Messages)
            throw new InvalidDataException($"The zip was not read: {survey.Error}");
        return watch.Elapsed.TotalSeconds;
    }
}
