using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>Serves the calls of an index's owner.</summary>
internal static class VectorIndexService
{
    /// <summary>The methods over a grain of this process.</summary>
    public static GrainMethods MethodsOf(IVectorIndexGrain index) => new GrainMethods()
        .Add(VectorIndexMethods.OpenUpload, async (upload, ct) =>
        {
            await index.OpenUploadAsync(upload, ct);
            return Nothing.Value;
        })
        .Add(VectorIndexMethods.ClaimFile, (call, ct) => index.ClaimFileAsync(call.Job, call.Claimant, ct))
        .Add(VectorIndexMethods.RenewClaim, (call, ct) => index.RenewClaimAsync(call.Claim, call.ExpectedMessages, ct))
        .Add(VectorIndexMethods.FindUnembedded, (call, ct) => index.FindUnembeddedAsync(call.ToBatch(), ct))
        .Add(VectorIndexMethods.AddMessages, (call, ct) => index.AddMessagesAsync(call.ToBatch(), ct))
        .Add(VectorIndexMethods.HandBackFile, index.HandBackFileAsync)
        .Add(VectorIndexMethods.FinishFile, (call, ct) => index.FinishFileAsync(call.Claim, call.Report, ct))
        .Add(VectorIndexMethods.FailFile, (call, ct) => index.FailFileAsync(call.Claim, call.Reason, ct))
        .Add(VectorIndexMethods.WaitForUpload, (call, ct) => index.WaitForUploadAsync(call.UploadId, call.Patience, ct))
        .Add<Nothing, IReadOnlyList<UploadSummary>>(
            VectorIndexMethods.ListUploads, async (_, ct) => await index.ListUploadsAsync(ct).ToListAsync(ct))
        .Add(VectorIndexMethods.DeleteUpload, index.DeleteUploadAsync)
        .Add(VectorIndexMethods.Search, index.SearchAsync)
        .Add(VectorIndexMethods.GetStatus, (_, ct) => index.GetStatusAsync(ct));
}
