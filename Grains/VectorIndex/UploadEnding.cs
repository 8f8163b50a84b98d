using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Ends uploads: who waits is told, the raw files go.</summary>
internal sealed class UploadEnding(VectorIndexOptions options, TimeProvider time, UploadWaits waits, RawFiles rawFiles)
{
    /// <summary>Notes that an upload has ended.</summary>
    public void End(WriteTransaction transaction, long upload, string state, ReadOnlyMemory<byte> labels)
    {
        var uploadId = UploadRows.Find(transaction.Database, upload)!.UploadId;
        UploadRows.End(transaction.Database, upload, state, time.GetUtcNow(), labels);
        Leave(transaction, uploadId, options.KeepUploads ? [] : FileRows.OfUpload(transaction.Database, upload));
    }

    /// <summary>Once it is on disk that an upload has ended or is gone: tells those who wait, and removes raw files.</summary>
    public void Leave(WriteTransaction transaction, string uploadId, List<FileRow> files) => transaction.AfterCommit.Add(() =>
    {
        waits.Ended(uploadId);
        rawFiles.Delete(files.Select(f => f.File.StoredAs));
    });
}
