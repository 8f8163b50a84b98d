using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Ends uploads: the raw files go, who waits is told.</summary>
internal sealed class UploadEnding(VectorIndexOptions options, TimeProvider time, UploadWaits waits, RawFiles rawFiles)
{
    /// <summary>Notes that an upload has ended.</summary>
    public void End(WriteTransaction transaction, long upload, string state, ReadOnlyMemory<byte> labels)
    {
        var uploadId = UploadRows.Find(transaction.Database, upload)!.UploadId;
        UploadRows.End(transaction.Database, upload, state, time.GetUtcNow(), labels);
        Leave(transaction, uploadId, options.KeepUploads ? [] : FileRows.OfUpload(transaction.Database, upload));
    }

    /// <summary>Once it is on disk that an upload has ended or is gone: removes raw files, and tells those who wait.</summary>
    public void Leave(WriteTransaction transaction, string uploadId, List<FileRow> files) => transaction.AfterCommit.Add(() =>
    {
        if (files.Count > 0)
            rawFiles.Delete(uploadId, files.Select(f => f.File.StoredAs));
        waits.Ended(uploadId);
    });
}
