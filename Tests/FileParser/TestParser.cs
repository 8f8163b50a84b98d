using ChatAnalysis.Grains;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>A parser of one stored file, with an owner, an embedding and a clock that do what the test says.</summary>
internal sealed class TestParser : IDisposable
{
    public static readonly FileJob Job = new(7);

    private readonly TemporaryFolder _folder = new();

    public RecordingIndex Index { get; } = new();

    public RecordingEmbedding Embedding { get; } = new();

    public TurnedClock Clock { get; } = new();

    /// <summary>An export of so many messages, each with its <see cref="Text"/>.</summary>
    public static string Prototype(int messages) =>
        $$"""{"messages":[{{string.Join(',', Enumerable.Range(0, messages).Select(i => $"\"{Text(i)}\""))}}]}""";

    public static string Text(int i) => $"message {i}";

    /// <summary>How often the claim was renewed.</summary>
    public int Renewals()
    {
        lock (Index.Renewals)
            return Index.Renewals.Count;
    }

    public void Store(string export) => File.WriteAllText(_folder.PathOf("chat.json"), export);

    public Task<FileJobOutcome> ParseAsync(ParsingOptions? options = null, CancellationToken cancellationToken = default) =>
        Grain(options).ParseAsync(Job, cancellationToken);

    public FileParserGrain Grain(ParsingOptions? options = null) => new(
        Index,
        Embedding,
        new StorageOptions(_folder.Path, _folder.Path),
        options ?? new ParsingOptions(),
        Clock,
        NullLogger<FileParserGrain>.Instance);

    public void Dispose() => _folder.Dispose();
}
