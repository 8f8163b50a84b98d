using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>An owner of one file that remembers what it was told.</summary>
internal sealed class RecordingIndex : IVectorIndexGrain
{
    public static readonly FileClaimKey Key = new(7, 1);

    private int _claims;
    private int _finds;

    public FileClaim Claim { get; set; } =
        new(FileClaimOutcome.Granted, Key, new UploadedFile("chat.json", "chat.json", 1, ""), 0, TimeSpan.FromMinutes(3));

    public List<MessageBatch> Batches { get; } = [];

    public List<long?> Renewals { get; } = [];

    public FileReport? Finished { get; private set; }

    public FileError? Failed { get; private set; }

    public Func<MessageBatch, AddOutcome> OnAdd { get; set; } = _ => AddOutcome.Added;

    public bool HandedBack { get; private set; }

    public Func<Task<bool>> OnHandBack { get; set; } = () => Task.FromResult(true);

    /// <summary>Who claimed, in turn.</summary>
    public List<string> Claimants { get; } = [];

    public Func<bool> OnRenew { get; set; } = () => true;

    public IEnumerable<ParsedMessage> Messages => Batches.SelectMany(batch => batch.Messages);

    /// <summary>How many claims were asked for.</summary>
    public int Claims => _claims;

    public Task<FileClaim> ClaimFileAsync(FileJob job, string claimant, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _claims);
        lock (Claimants)
            Claimants.Add(claimant);
        return Task.FromResult(Claim);
    }

    public Task<bool> RenewClaimAsync(FileClaimKey claim, long? expectedMessages, CancellationToken cancellationToken)
    {
        Assert.Equal(Key, claim);
        lock (Renewals)
            Renewals.Add(expectedMessages);
        return Task.FromResult(OnRenew());
    }

    /// <summary>Which messages of a batch need a vector.</summary>
    public Func<MessageBatch, IReadOnlyList<int>> OnFind { get; set; } = batch => [.. Enumerable.Range(0, batch.Messages.Count)];

    /// <summary>How often it was asked which messages need a vector.</summary>
    public int Finds => _finds;

    public Task<IReadOnlyList<int>> FindUnembeddedAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _finds);
        Assert.Equal(Key, batch.Claim);
        return Task.FromResult(OnFind(batch));
    }

    public async Task<AddOutcome> AddMessagesAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Assert.Equal(Key, batch.Claim);
        var outcome = OnAdd(batch);
        if (outcome == AddOutcome.Added)
            lock (Batches)
                Batches.Add(batch);
        return outcome;
    }

    public Task<bool> HandBackFileAsync(FileClaimKey claim, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HandedBack = true;
        return OnHandBack();
    }

    public Task<bool> FinishFileAsync(FileClaimKey claim, FileReport report, CancellationToken cancellationToken)
    {
        Finished = report;
        return Task.FromResult(claim == Key);
    }

    public Task<bool> FailFileAsync(FileClaimKey claim, FileError reason, CancellationToken cancellationToken)
    {
        Failed = reason;
        return Task.FromResult(claim == Key);
    }

    public Task OpenUploadAsync(UploadOpening upload, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UploadStatus?> WaitForUploadAsync(string uploadId, TimeSpan patience, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<UploadSummary> ListUploadsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteUploadAsync(string uploadId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SearchResult> SearchAsync(SearchQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IndexStatus> GetStatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
