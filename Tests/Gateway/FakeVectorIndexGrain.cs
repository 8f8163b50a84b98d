using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

/// <summary>An owner that reads no file: what becomes of an upload is said by the test.</summary>
internal sealed class FakeVectorIndexGrain : IVectorIndexGrain
{
    private readonly ConcurrentDictionary<string, UploadStatus> _uploads = new();

    public static DateTimeOffset Created { get; } = new(2025, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static FileReport OneMessage { get; } = new("prototype", 1, 1, new Dictionary<string, long>());

    public List<UploadOpening> Opened { get; } = [];

    public List<SearchQuery> Queries { get; } = [];

    /// <summary>Ends with the first upload that is opened.</summary>
    public TaskCompletionSource<UploadOpening> FirstOpened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>While it is not ended, uploads are being processed.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>How an upload ends.</summary>
    public Func<UploadOpening, UploadStatus> End { get; set; } = Succeed;

    public SearchResult SearchResult { get; set; } = new(true, []);

    public IndexStatus Status { get; set; } = new(Size: 7, FakeEmbeddingGrain.TestModel, PendingFiles: 1, Owner: "host 42", UploadsMarker: "marker");

    /// <summary>What searches and questions for the status end with.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What the recording of an upload ends with.</summary>
    public Exception? OpeningFault { get; set; }

    /// <summary>Each file has one message, labelled by its number.</summary>
    public static UploadStatus Succeed(UploadOpening upload) => new(
        upload.UploadId,
        UploadState.Succeeded,
        Created,
        Created.AddSeconds(1),
        Created.AddSeconds(2),
        [.. upload.Files.Select(file => new FileStatus(
            file.Name, file.Size, UploadState.Succeeded, 1, 1, OneMessage, null, null))],
        Enumerable.Range(0, upload.Files.Count).ToArray(),
        [],
        IndexSize: 7);

    /// <summary>No file can be read.</summary>
    public static UploadStatus Fail(UploadOpening upload) => Succeed(upload) with
    {
        State = UploadState.Failed,
        Files = [.. upload.Files.Select(Failed)],
        Labels = default,
    };

    public static FileStatus Failed(UploadedFile file) => new(
        file.Name, file.Size, UploadState.Failed, 0, null, null, new FileError(FileErrorKind.Damaged, "Not JSON", "byte 12"), null);

    public Task OpenUploadAsync(UploadOpening upload, CancellationToken cancellationToken)
    {
        if (OpeningFault is not null)
            throw OpeningFault;
        lock (Opened)
            Opened.Add(upload);
        _uploads[upload.UploadId] = Succeed(upload) with
        {
            State = UploadState.Processing,
            EndedAt = null,
            Labels = default,
            Files = [.. upload.Files.Select(f => new FileStatus(f.Name, f.Size, UploadState.Processing, 3, 10, null, null, null))],
        };
        FirstOpened.TrySetResult(upload);
        return Task.CompletedTask;
    }

    public async Task<UploadStatus?> WaitForUploadAsync(string uploadId, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!_uploads.ContainsKey(uploadId))
            return null;
        if (patience > TimeSpan.Zero)
            await Work.WaitAsync(cancellationToken);
        return Work.IsCompleted ? End(Opened.Single(u => u.UploadId == uploadId)) : _uploads[uploadId];
    }

    public async IAsyncEnumerable<UploadSummary> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var id in _uploads.Keys.OrderDescending())
            yield return new UploadSummary(id, UploadState.Succeeded, Created, Files: 2, Messages: 5);
    }

    public Task<bool> DeleteUploadAsync(string uploadId, CancellationToken cancellationToken) =>
        Task.FromResult(_uploads.TryRemove(uploadId, out _));

    public Task<SearchResult> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        if (Fault is not null)
            throw Fault;
        Queries.Add(query);
        return Task.FromResult(SearchResult);
    }

    public Task<IndexStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        Fault is null ? Task.FromResult(Status) : throw Fault;

    public Task<FileClaim> ClaimFileAsync(FileJob job, string claimant, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> RenewClaimAsync(FileClaimKey claim, long? expectedMessages, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<int>> FindUnembeddedAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<AddOutcome> AddMessagesAsync(MessageBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> HandBackFileAsync(FileClaimKey claim, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> FinishFileAsync(FileClaimKey claim, FileReport report, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> FailFileAsync(FileClaimKey claim, FileError reason, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
