using System.Runtime.CompilerServices;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>The index, wherever its owner is.</summary>
/// <param name="calls">Carries the calls.</param>
/// <param name="timeout">After how long a call is sent again.</param>
/// <param name="patience">How long to try before a call ends with <see cref="UnavailableException"/>; infinite for ever.</param>
/// <param name="time">The clock.</param>
internal sealed class VectorIndexProxy(CallClient calls, TimeSpan timeout, TimeSpan patience, TimeProvider time) : IVectorIndexGrain
{
    // A wait is asked for in slices: an owner that dies or stops meanwhile is noticed with the next.
    private static readonly TimeSpan WaitSlice = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task OpenUploadAsync(UploadOpening upload, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.OpenUpload, upload, cancellationToken);

    /// <inheritdoc/>
    public Task<FileClaim> ClaimFileAsync(FileJob job, string claimant, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.ClaimFile, new ClaimCall(job, claimant), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RenewClaimAsync(FileClaimKey claim, long? expectedMessages, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.RenewClaim, new RenewCall(claim, expectedMessages), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> FindUnembeddedAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.FindUnembedded, BatchCall.Of(batch), cancellationToken);

    /// <inheritdoc/>
    public Task<AddOutcome> AddMessagesAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.AddMessages, BatchCall.Of(batch), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HandBackFileAsync(FileClaimKey claim, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.HandBackFile, claim, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> FinishFileAsync(FileClaimKey claim, FileReport report, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.FinishFile, new FinishCall(claim, report), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> FailFileAsync(FileClaimKey claim, FileError reason, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.FailFile, new FailCall(claim, reason), cancellationToken);

    /// <inheritdoc/>
    public async Task<UploadStatus?> WaitForUploadAsync(string uploadId, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var rest = patience < TimeSpan.Zero ? WaitSlice : patience - time.GetElapsedTime(began);
            var slice = rest < TimeSpan.Zero ? TimeSpan.Zero : rest < WaitSlice ? rest : WaitSlice;
            var status = await calls.CallAsync(
                slice > TimeSpan.Zero ? VectorIndexMethods.Waits.Name : VectorIndexMethods.Queue.Name,
                VectorIndexMethods.WaitForUpload, new WaitCall(uploadId, slice), timeout + slice, Patience(slice), cancellationToken);
            if (status is not { State: UploadState.Enqueued or UploadState.Processing } || rest <= WaitSlice && patience >= TimeSpan.Zero)
                return status;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UploadSummary> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var upload in await CallAsync(VectorIndexMethods.ListUploads, Nothing.Value, cancellationToken))
            yield return upload;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteUploadAsync(string uploadId, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.DeleteUpload, uploadId, cancellationToken);

    /// <inheritdoc/>
    public Task<SearchResult> SearchAsync(SearchQuery query, CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.Search, query, cancellationToken);

    /// <inheritdoc/>
    public Task<IndexStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        CallAsync(VectorIndexMethods.GetStatus, Nothing.Value, cancellationToken);

    private Task<TAnswer> CallAsync<TCall, TAnswer>(
        GrainMethod<TCall, TAnswer> method, TCall call, CancellationToken cancellationToken) =>
        calls.CallAsync(VectorIndexMethods.Queue.Name, method, call, timeout, patience, cancellationToken);

    private TimeSpan Patience(TimeSpan slice) => patience < TimeSpan.Zero ? patience : patience + slice;
}
