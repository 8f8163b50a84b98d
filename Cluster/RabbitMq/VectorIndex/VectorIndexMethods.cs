using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>The methods of <see cref="IVectorIndexGrain"/> on the wire, and the queues that its owner serves.</summary>
internal static class VectorIndexMethods
{
    /// <summary>All calls but waits.</summary>
    public static readonly ServedQueue Queue = new("index", Prefetch: 64);

    /// <summary>Waits for uploads, which are many, long and light: they must not hold up the others.</summary>
    public static readonly ServedQueue Waits = new("index.waits", Prefetch: 0);

    public static readonly GrainMethod<UploadOpening, Nothing> OpenUpload = new("VectorIndex.OpenUpload");
    public static readonly GrainMethod<ClaimCall, FileClaim> ClaimFile = new("VectorIndex.ClaimFile");
    public static readonly GrainMethod<RenewCall, bool> RenewClaim = new("VectorIndex.RenewClaim");
    public static readonly GrainMethod<BatchCall, IReadOnlyList<int>> FindUnembedded = new("VectorIndex.FindUnembedded");
    public static readonly GrainMethod<BatchCall, AddOutcome> AddMessages = new("VectorIndex.AddMessages");
    public static readonly GrainMethod<FileClaimKey, bool> HandBackFile = new("VectorIndex.HandBackFile");
    public static readonly GrainMethod<FinishCall, bool> FinishFile = new("VectorIndex.FinishFile");
    public static readonly GrainMethod<FailCall, bool> FailFile = new("VectorIndex.FailFile");
    public static readonly GrainMethod<WaitCall, UploadStatus?> WaitForUpload = new("VectorIndex.WaitForUpload");
    public static readonly GrainMethod<Nothing, IReadOnlyList<UploadSummary>> ListUploads = new("VectorIndex.ListUploads");
    public static readonly GrainMethod<string, bool> DeleteUpload = new("VectorIndex.DeleteUpload");
    public static readonly GrainMethod<SearchQuery, SearchResult> Search = new("VectorIndex.Search");
    public static readonly GrainMethod<Nothing, IndexStatus> GetStatus = new("VectorIndex.GetStatus");
}
