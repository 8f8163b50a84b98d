using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>An owner to which exports are brought again and again, by a parser that asks what has to be embedded.</summary>
internal sealed class RereadOwner : IEmbeddingGrain, IAsyncDisposable
{
    private int _files;

    private RereadOwner(TestOwner owner) => Owner = owner;

    public TestOwner Owner { get; }

    /// <summary>All texts that were embedded.</summary>
    public List<string> Embedded { get; } = [];

    /// <summary>What happens while texts are embedded.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public static async Task<RereadOwner> StartAsync() => new(await TestOwner.StartAsync());

    /// <summary>An upload of one file with these messages, read to its end in batches.</summary>
    public async Task<FileReport> ImportAsync(IReadOnlyList<ParsedMessage> messages, bool allowDuplicates = false, int batch = 512)
    {
        var upload = await Owner.OpenAsync(2, allowDuplicates, $"export {_files++}");
        var claim = await Owner.ClaimAsync();
        for (var at = 0; at < messages.Count; at += batch)
            await AddAsync(claim, [.. messages.Skip(at).Take(batch)]);
        return await FinishAsync(upload, claim, messages.Count);
    }

    public Task<FileReport> ImportAsync(params ParsedMessage[] messages) => ImportAsync(messages.ToList());

    /// <summary>Opens an upload of a file and claims it.</summary>
    public async Task<(string Upload, FileClaimKey Claim)> BeginAsync()
    {
        var upload = await Owner.OpenAsync($"export {_files++}");
        return (upload, await Owner.ClaimAsync());
    }

    /// <summary>Adds messages as a parser does.</summary>
    public async Task AddAsync(FileClaimKey claim, params ParsedMessage[] messages)
    {
        var embedder = new MessageEmbedding(Owner.Grain, this, claim);
        var outcome = await Owner.Grain.AddMessagesAsync(await embedder.EmbedAsync(messages, default), default);
        if (outcome == AddOutcome.VectorsMissing)
            outcome = await Owner.Grain.AddMessagesAsync(await embedder.EmbedAllAsync(messages, default), default);
        Assert.Equal(AddOutcome.Added, outcome);
    }

    public async Task<FileReport> FinishAsync(string upload, FileClaimKey claim, long messages)
    {
        await Owner.FinishAsync(claim, messages);
        return Assert.Single((await Owner.EndAsync(upload)).Files).Report!;
    }

    /// <summary>What a report counts: new, updated, unchanged.</summary>
    public static (long New, long Updated, long Unchanged) Counts(FileReport report)
    {
        Assert.Equal(report.Messages, report.New + report.Updated + report.Unchanged);
        return (report.New, report.Updated, report.Unchanged);
    }

    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        Embedded.AddRange(request.Texts);
        await Meanwhile();
        return new EmbeddingResult(TestOwner.Model, TestOwner.Vectors(TestOwner.Dimension, request.Texts), 0);
    }

    public ValueTask DisposeAsync() => Owner.DisposeAsync();
}
