using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Bench;

/// <summary>Reading exports of 200 MB, beside Python's json.load on the same file in the same run; and memory from 20 MB to 2 GB.</summary>
internal static class ParsingBench
{
    private const long Megabyte = 1_000_000;
    private const int Rounds = 5;
    private const string PeakReset = "/proc/self/clear_refs";
    private const string Python = "/usr/bin/python3";

    private const string PythonJson = """
        import json, sys, time
        file = open(sys.argv[1], encoding="utf-8")
        start = time.perf_counter()
        json.load(file)
        print(time.perf_counter() - start)
        """;

    private const string PythonJsonLines = """
        import json, sys, time
        file = open(sys.argv[1], encoding="utf-8")
        start = time.perf_counter()
        read = [json.loads(line) for line in file]
        print(time.perf_counter() - start)
        """;

    private const string PythonLines = """
        import re, sys, time
        file = open(sys.argv[1], encoding="utf-8")
        start = time.perf_counter()
        header = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4}), (\d{1,2}):(\d{2}) - ([^:]+): (.*)")
        messages = []
        for line in file:
            found = header.match(line)
            if found:
                messages.append(found.groups())
        print(time.perf_counter() - start)
        """;

    private static readonly ParsingOptions Options = new();

    public static Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("chatanalysis-parsing-");
        try
        {
            // Memory first, while the process is small.
            foreach (var megabytes in (int[])[20, 200, 2000])
                MeasureMemory(folder.FullName, megabytes * Megabyte);

            foreach (var (name, ending, write) in ParsingExports.All)
            {
                var path = Path.Combine(folder.FullName, $"{name}.{ending}");
                write(path, 200 * Megabyte);
                Compare(name, path);
                File.Delete(path);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    private static void Compare(string name, string path)
    {
        var megabytes = new FileInfo(path).Length / (double)Megabyte;
        var isLines = path.EndsWith(".txt", StringComparison.Ordinal);
        var isJson = path.EndsWith(".json", StringComparison.Ordinal);
        var python = isJson ? "json.load" : isLines ? "re.match a line" : "json.loads a line";
        var times = new Dictionary<string, List<double>>();
        var messages = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            Add(times, python, PythonSeconds(path, isLines ? PythonLines : isJson ? PythonJson : PythonJsonLines));
            if (isJson)
            {
                Add(times, "Utf8JsonReader", Seconds(() => Tokens(path)));
                Add(times, "scan, checked", Seconds(() => Scan(path, trusted: false)));
            }

            using var bytes = new FileBytes(path, CancellationToken.None);
            ChatSurvey survey = null!;
            var surveyed = Seconds(() => survey = Open(bytes, path).Survey());
            if (survey.Report?.Format != name)
                throw new InvalidDataException($"{name} was read as {survey.Report?.Format}: {survey.Error}");
            var read = Seconds(() => messages = ChatFile.Read(survey, 0).LongCount());
            Add(times, "survey", surveyed);
            Add(times, "read", read);
            Add(times, "survey + read", surveyed + read);
        }

        var before = times[python].Median();
        Console.WriteLine($"{name}, {megabytes:F0} MB, {messages} messages");
        foreach (var (what, seconds) in times.Where(entry => !double.IsNaN(entry.Value[0])))
        {
            Console.WriteLine(
                $"  {what,-17} {megabytes / seconds.Median(),7:F0} MB/s  ({megabytes / seconds.Max():F0}-{megabytes / seconds.Min():F0})"
                + $"  {messages / seconds.Median() / 1000,7:F0} k messages/s  {before / seconds.Median(),5:F1} x {python}");
        }
    }

    private static void MeasureMemory(string folder, long bytes)
    {
        if (!File.Exists(PeakReset))
        {
            Console.WriteLine($"memory: skipped, there is no {PeakReset} on this system");
            return;
        }

        var path = Path.Combine(folder, "memory.json");
        ParsingExports.WritePrototype(path, bytes);
        GC.Collect();
        File.WriteAllText(PeakReset, "5");
        var before = ResidentPeak();
        using var source = new FileBytes(path, CancellationToken.None);
        var (messages, largestHeap) = ReadWatchingTheHeap(Open(source, path));
        Console.WriteLine($"memory at {bytes / Megabyte,5} MB: {messages} messages, "
            + $"resident {before / 1024.0:F0} MB before, {ResidentPeak() / 1024.0:F0} MB at the peak, "
            + $"live heap at most {largestHeap / 1e6:F1} MB");
        File.Delete(path);
    }

    private static (long Messages, long LargestHeap) ReadWatchingTheHeap(ChatFile file)
    {
        long messages = 0, largest = 0;
        foreach (var _ in ChatFile.Read(file.Survey(), 0))
            if (messages++ % 100_000 == 0)
                largest = Math.Max(largest, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
        return (messages, largest);
    }

    /// <summary>The most memory that was resident since the mark was last reset, in KB.</summary>
    private static long ResidentPeak()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static ChatFile Open(FileBytes bytes, string path) =>
        new([new UploadFile(bytes, new FileInfo(path).Length, "chat")], Options, ReadingOptions.Default);

    private static void Scan(string path, bool trusted)
    {
        using var bytes = new FileBytes(path, CancellationToken.None);
        using var json = new JsonScanner(bytes, Options.MaxMessageBytes, trusted);
        while (json.NextDocument())
            json.Skip();
        if (json.Fault is { } fault)
            throw new InvalidDataException(fault.ToString());
    }

    private static void Tokens(string path)
    {
        var reader = new Utf8JsonReader(File.ReadAllBytes(path));
        while (reader.Read())
        {
            // Only the tokens are wanted.
        }
    }

    private static double PythonSeconds(string path, string code)
    {
        if (!File.Exists(Python))
            return double.NaN;
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", code, path]) { RedirectStandardOutput = true })!;
        var seconds = double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        process.WaitForExit();
        return seconds;
    }

    private static double Seconds(Action work)
    {
        // Nothing pays for what the measurement before it left behind.
        GC.Collect();
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private static void Add(Dictionary<string, List<double>> times, string what, double seconds)
    {
        if (!times.TryGetValue(what, out var list))
            times[what] = list = [];
        list.Add(seconds);
    }
}
