using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Archives;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser.Archives;

/// <summary>An upload as it lies on disk, in a folder of its own.</summary>
internal sealed class StoredUpload : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _opened = [];

    public StoredUpload(byte[] content) => File.WriteAllBytes(_folder.PathOf("0"), content);

    public ParsingOptions Parsing { get; init; } = new();

    public ReadingOptions Options { get; init; } = ReadingOptions.Default;

    public IReadOnlyList<IChatFormat> Known { get; init; } = ChatFormats.All;

    public int Workers { get; init; } = 3;

    /// <summary>The names of what else is in the upload's folder.</summary>
    public IEnumerable<string> LeftBehind => _folder.Files.Where(file => file != "0");

    /// <summary>What was unpacked to disk so far, in files that have no name any more.</summary>
    public int Spooled => Directory.GetFiles("/proc/self/fd").Count(file =>
        new FileInfo(file).LinkTarget is { } target
        && target.StartsWith(_folder.PathOf("."), StringComparison.Ordinal) && target.EndsWith("(deleted)", StringComparison.Ordinal));

    public ChatSurvey Survey(int bufferBytes = JsonScanner.DefaultBufferBytes, CancellationToken cancellationToken = default)
    {
        var path = _folder.PathOf("0");
        var bytes = new FileBytes(path, cancellationToken);
        var spool = new Spool(_folder.Path);
        _opened.AddRange([bytes, spool]);
        var file = new UploadFile(bytes, new FileInfo(path).Length, Path.GetFileName(path));
        return new ChatFile([file], Parsing, Options, bufferBytes) { Spool = spool, Workers = Workers, Known = Known }.Survey();
    }

    public FileReport Report()
    {
        var survey = Survey();
        Assert.Null(survey.Error);
        return survey.Report!;
    }

    public FileError Refusal()
    {
        var survey = Survey();
        Assert.NotNull(survey.Error);
        Assert.Empty(LeftBehind);
        return survey.Error;
    }

    public List<ParsedMessage> Messages(long from = 0)
    {
        var survey = Survey();
        Assert.Null(survey.Error);
        List<ParsedMessage> messages = [.. ChatFile.Read(survey, from)];
        Assert.Equal(Math.Max(0, survey.Report!.Messages - from), messages.Count);
        return messages;
    }

    public string[] Texts(long from = 0) => [.. Messages(from).Select(message => message.Text)];

    public void Dispose()
    {
        _opened.ForEach(opened => opened.Dispose());
        _folder.Dispose();
    }
}
