using System.Runtime.CompilerServices;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.Load;

/// <summary>An index of this process, with its calls counted, timed and traced.</summary>
internal sealed class MeasuredVectorIndex(IVectorIndexGrain index, GrainMeter meter) : IVectorIndexGrain
{
    /// <inheritdoc/>
    public Task OpenUploadAsync(UploadOpening upload, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.OpenUpload", async () =>
        {
            await index.OpenUploadAsync(upload, cancellationToken);
            return true;
        });

    /// <inheritdoc/>
    public Task<FileClaim> ClaimFileAsync(FileJob job, string claimant, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.ClaimFile", () => index.ClaimFileAsync(job, claimant, cancellationToken));

    /// <inheritdoc/>
    public Task<bool> RenewClaimAsync(FileClaimKey claim, long? expectedMessages, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.RenewClaim", () => index.RenewClaimAsync(claim, expectedMessages, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> FindUnembeddedAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.FindUnembedded", () => index.FindUnembeddedAsync(batch, cancellationToken));

    /// <inheritdoc/>
    public Task<AddOutcome> AddMessagesAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.AddMessages", () => index.AddMessagesAsync(batch, cancellationToken));

    /// <inheritdoc/>
    public Task<bool> HandBackFileAsync(FileClaimKey claim, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.HandBackFile", () => index.HandBackFileAsync(claim, cancellationToken));

    /// <inheritdoc/>
    public Task<bool> FinishFileAsync(FileClaimKey claim, FileReport report, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.FinishFile", () => index.FinishFileAsync(claim, report, cancellationToken));

    /// <inheritdoc/>
    public Task<bool> FailFileAsync(FileClaimKey claim, FileError reason, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.FailFile", () => index.FailFileAsync(claim, reason, cancellationToken));

    /// <inheritdoc/>
    public Task<UploadStatus?> WaitForUploadAsync(string uploadId, TimeSpan patience, CancellationToken cancellationToken) =>
        meter.MeasureAsync(
            "VectorIndex.WaitForUpload", () => index.WaitForUploadAsync(uploadId, patience, cancellationToken),
            isWait: patience != TimeSpan.Zero);

    /// <inheritdoc/>
    public async IAsyncEnumerable<UploadSummary> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // As a whole, as it goes over the wire too: how long the reader takes is not the grain's time.
        var uploads = await meter.MeasureAsync(
            "VectorIndex.ListUploads", async () => await index.ListUploadsAsync(cancellationToken).ToListAsync(cancellationToken));
        foreach (var upload in uploads)
            yield return upload;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteUploadAsync(string uploadId, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.DeleteUpload", () => index.DeleteUploadAsync(uploadId, cancellationToken));

    /// <inheritdoc/>
    public Task<SearchResult> SearchAsync(SearchQuery query, CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.Search", () => index.SearchAsync(query, cancellationToken));

    /// <inheritdoc/>
    public Task<IndexStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        meter.MeasureAsync("VectorIndex.GetStatus", () => index.GetStatusAsync(cancellationToken));
}
