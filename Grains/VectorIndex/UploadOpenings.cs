using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Records uploads, and removes them.</summary>
internal sealed class UploadOpenings(TimeProvider time, FileEnding files, UploadEnding uploads)
{
    /// <summary>Records an upload and its files, and has them handed out; does nothing where it is recorded already.</summary>
    public bool Open(WriteTransaction transaction, UploadOpening opening)
    {
        ArgumentOutOfRangeException.ThrowIfZero(opening.Files.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(opening.Clusters, 1);
        var database = transaction.Database;
        if (UploadRows.Find(database, opening.UploadId) is not null)
            return false;
        var upload = UploadRows.Insert(database, opening, time.GetUtcNow());
        var ids = opening.Files.Select((file, position) => FileRows.Insert(database, upload, position, file)).ToList();
        foreach (var id in ids)
            files.Settle(transaction, FileRows.Find(database, id)!);
        return true;
    }

    /// <summary>Deletes an upload and the messages that no other holds. Parsers still on its files find their claims gone.</summary>
    public bool Delete(WriteTransaction transaction, string uploadId)
    {
        var database = transaction.Database;
        if (UploadRows.Find(database, uploadId) is not { } upload)
            return false;
        var gone = FileRows.OfUpload(database, upload.Id);
        foreach (var file in gone)
            LinkRows.Release(transaction, file.Id);
        UploadRows.Delete(database, upload.Id);
        foreach (var file in gone)
            files.SettleWaiting(transaction, file.Id);
        transaction.Erased = true;
        uploads.Leave(transaction, uploadId, gone);
        return true;
    }
}
