using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>What follows when a file ends: those with the same content that wait for it, and its upload's end.</summary>
internal sealed class FileEnding(UploadEnding uploads, PatternFinding patterns, FileHandOut handOut)
{
    /// <summary>Ends a file that was read to its end.</summary>
    /// <returns>False where the claim is no longer the file's.</returns>
    public bool Finish(WriteTransaction transaction, FileClaimKey claim, FileReport report)
    {
        if (FileClaims.FindHeld(transaction, claim) is not { } file)
            return HasEnded(transaction, claim, UploadState.Succeeded);
        if (report.Messages != file.NextOrdinal)
        {
            throw new ArgumentException(
                $"{report.Messages} messages were read and {file.NextOrdinal} added of file {file.Id}", nameof(report));
        }

        FileRows.Succeed(transaction.Database, file.Id, report);
        MarkRows.Delete(transaction.Database, file.Id);
        SettleWaiting(transaction, file.Id);
        EndUploadIfDone(transaction, file.Upload);
        return true;
    }

    /// <summary>Ends a file that cannot be read.</summary>
    /// <returns>False where the claim is no longer the file's.</returns>
    public bool Fail(WriteTransaction transaction, FileClaimKey claim, FileError reason)
    {
        if (FileClaims.FindHeld(transaction, claim) is not { } file)
            return HasEnded(transaction, claim, UploadState.Failed);
        Fail(transaction, file, reason);
        return true;
    }

    /// <summary>Ends a file that cannot be read: its messages are taken back.</summary>
    public void Fail(WriteTransaction transaction, FileRow file, FileError reason)
    {
        LinkRows.Release(transaction, file.Id);
        FileRows.Fail(transaction.Database, file.Id, reason);
        if (reason.Kind is FileErrorKind.Unrecognised or FileErrorKind.Damaged)
            FailWaiting(transaction, file.Id, reason);
        else
            SettleWaiting(transaction, file.Id);
        EndUploadIfDone(transaction, file.Upload);
    }

    /// <summary>Decides on the files that wait for one that has ended or gone.</summary>
    public void SettleWaiting(WriteTransaction transaction, long ended)
    {
        foreach (var waiting in FileRows.WaitingFor(transaction.Database, ended))
            Settle(transaction, waiting);
    }

    /// <summary>
    /// Decides how a file comes to its messages: linked to those of a file with the same content, by waiting for such a file
    /// that is being read, or by being read itself.
    /// </summary>
    public void Settle(WriteTransaction transaction, FileRow file)
    {
        var database = transaction.Database;
        var first = file.AllowDuplicates ? null : FileRows.FindSameContent(database, file);
        if (first is { State: UploadState.Succeeded })
        {
            LinkRows.Copy(database, first.Id, file.Id);
            ParticipantRows.Copy(database, first.Id, file.Id);
            FileRows.SucceedAsDuplicate(database, file.Id, first);
            EndUploadIfDone(transaction, file.Upload);
            return;
        }

        if (first is not null || file.WaitsFor is not null)
            FileRows.SetWaitsFor(database, file.Id, first?.Id);
        if (first is null)
            transaction.AfterCommit.Add(() => handOut.HandOut(file.Job));
    }

    /// <summary>The same content would be refused again, and of thousands of such files each would wait for the one before.</summary>
    private void FailWaiting(WriteTransaction transaction, long failed, FileError reason)
    {
        var waiting = FileRows.WaitingFor(transaction.Database, failed);
        foreach (var file in waiting)
            FileRows.Fail(transaction.Database, file.Id, reason);
        foreach (var upload in waiting.Select(file => file.Upload).Distinct())
            EndUploadIfDone(transaction, upload);
    }

    /// <summary>Whether the call was made before, and all is done.</summary>
    private static bool HasEnded(WriteTransaction transaction, FileClaimKey claim, UploadState state) =>
        FileRows.Find(transaction.Database, claim.FileId) is { } file && file.Claim == claim.Number && file.State == state;

    private void EndUploadIfDone(WriteTransaction transaction, long upload)
    {
        if (FileRows.HasUnended(transaction.Database, upload))
            return;
        if (FileRows.HasSucceeded(transaction.Database, upload))
            transaction.AfterCommit.Add(() => patterns.Begin(upload));
        else
            uploads.End(transaction, upload, StateName.Failed, default);
    }
}
