using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>
/// An export that a test puts together: one file, or a folder of files by their paths. What is asked of it is asked three times over
/// where it is cheap: with a large window, and with windows so small that everything is cut somewhere.
/// </summary>
internal sealed class TestExport
{
    private readonly List<(string Path, byte[] Content)> _files = [];

    /// <summary>Its files by their paths; the path of a single file is empty.</summary>
    public IReadOnlyList<(string Path, byte[] Content)> Files => _files;

    /// <summary>How it is to be read.</summary>
    public ReadingOptions Options { get; init; } = ReadingOptions.Default;

    public ParsingOptions Parsing { get; init; } = new();

    /// <summary>An export of one file.</summary>
    public static TestExport Of(string content, ReadingOptions? options = null) =>
        new TestExport { Options = options ?? ReadingOptions.Default }.With("", content);

    public TestExport With(string path, string content) => With(path, Encoding.UTF8.GetBytes(content));

    public TestExport With(string path, byte[] content)
    {
        _files.Add((path, content));
        return this;
    }

    /// <summary>The report of an export that is read. It is the same whatever the window.</summary>
    public FileReport Report()
    {
        var survey = Survey(JsonScanner.DefaultBufferBytes, int.MaxValue);
        Assert.Null(survey.Error);
        foreach (var (window, atMost) in ((int, int)[])[(64, 7), (64, int.MaxValue)])
            Assert.Equivalent(survey.Report, Survey(window, atMost).Report);
        return survey.Report!;
    }

    /// <summary>The messages from an ordinal on; they are the same whatever the window, and as many as the report says.</summary>
    public List<ParsedMessage> Messages(long from = 0)
    {
        var whole = Read(JsonScanner.DefaultBufferBytes, int.MaxValue, from);
        Assert.Equivalent(whole, Read(64, 7, from));
        return whole;
    }

    public string[] Texts() => [.. Messages().Select(message => message.Text)];

    /// <summary>The error that it is refused with.</summary>
    public FileError Refusal()
    {
        var survey = Survey(JsonScanner.DefaultBufferBytes, int.MaxValue);
        Assert.NotNull(survey.Error);
        Assert.Null(survey.Report);
        return survey.Error;
    }

    private List<ParsedMessage> Read(int window, int atMost, long from)
    {
        var survey = Survey(window, atMost);
        Assert.Null(survey.Error);
        List<ParsedMessage> messages = [.. ChatFile.Read(survey, from)];
        Assert.Equal(Enumerable.Range(0, messages.Count).Select(i => from + i), messages.Select(message => message.Ordinal));
        Assert.Equal(survey.Report!.Messages - Math.Min(from, survey.Report.Messages), messages.Count);
        return messages;
    }

    private ChatSurvey Survey(int window, int atMost) => Open(window, atMost).Survey();

    /// <summary>The export, through a window of so many bytes, which come at most so many at a time.</summary>
    public ChatFile Open(int window = JsonScanner.DefaultBufferBytes, int atMost = int.MaxValue) => new(
        [.. _files.Select(file => (ExportFile)new MemoryFile(file.Path, file.Content, atMost))], Parsing, Options, window)
    {
        // One core, and more than there are blocks at once.
        Workers = atMost == int.MaxValue ? 1 : 3,
    };
}
