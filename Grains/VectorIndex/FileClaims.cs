using System.Collections.Concurrent;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Who may work on a file: claims with their numbers, leases and tries.</summary>
internal sealed class FileClaims(VectorIndexOptions options, TimeProvider time, FileEnding ending, FileHandOut handOut)
{
    // Files whose parsers were stopped by a disk that could not be written to: the fault is not theirs.
    private readonly ConcurrentDictionary<long, bool> _excused = [];

    /// <summary>The present try of a file is not counted.</summary>
    public void Excuse(long file) => _excused[file] = true;

    /// <summary>Gives a file to the parser that asks, if nobody else holds it. Who holds it already is told so again.</summary>
    public FileClaim Claim(WriteTransaction transaction, FileJob job, string claimant)
    {
        if (FileRows.Find(transaction.Database, job.FileId) is not { Ended: false } file)
            return new FileClaim(FileClaimOutcome.Ended);
        if (file.Claimant == claimant)
        {
            Renew(transaction, file, file.NextOrdinal, expected: null);
            return Granted(transaction, file, file.Claim);
        }

        var now = time.GetUtcNow();
        if (file.WaitsFor is not null || (file.LeaseUntil > now && !job.HolderGone))
            return new FileClaim(FileClaimOutcome.Held);

        // A try counts only if nothing was added since the one before.
        var tries = file.Claim > 0 && file.NextOrdinal == file.OrdinalAtClaim ? file.Tries + 1 : 1;
        if (tries > 1 && _excused.ContainsKey(file.Id))
            tries--;
        if (tries > options.MaxTries)
        {
            ending.Fail(transaction, file, new FileError(
                FileErrorKind.Abandoned,
                $"Reading it was begun {options.MaxTries} times, and each time the parser stopped without a word",
                file.NextOrdinal == 0 ? null : $"after message {file.NextOrdinal}"));
            return new FileClaim(FileClaimOutcome.Ended);
        }

        var number = file.Claim + 1;
        FileRows.SetClaim(transaction.Database, file.Id, number, claimant, tries, file.NextOrdinal, now + options.Lease);
        UploadRows.Start(transaction.Database, file.Upload, now);
        transaction.AfterCommit.Add(() => _excused.TryRemove(file.Id, out _));
        return Granted(transaction, file, number);
    }

    /// <summary>Takes a file back from the parser that holds it, and hands the rest out. The claim is void from here on.</summary>
    public bool HandBack(WriteTransaction transaction, FileClaimKey claim)
    {
        if (FindHeld(transaction, claim) is not { } file)
            return false;
        FileRows.SetHandedBack(transaction.Database, file.Id);
        transaction.AfterCommit.Add(() => handOut.HandOut(file.Job));
        return true;
    }

    /// <summary>The file of a claim; null where the claim is no longer the file's, or the file has ended.</summary>
    public static FileRow? FindHeld(WriteTransaction transaction, FileClaimKey claim) =>
        FileRows.Find(transaction.Database, claim.FileId) is { Ended: false } file && file.Claim == claim.Number ? file : null;

    /// <summary>Renews a claim, noting how far the file has come.</summary>
    public void Renew(WriteTransaction transaction, FileRow file, long nextOrdinal, long? expected) =>
        FileRows.SetProgress(transaction.Database, file.Id, nextOrdinal, expected, time.GetUtcNow() + options.Lease);

    private FileClaim Granted(WriteTransaction transaction, FileRow file, int number)
    {
        transaction.AfterCommit.Add(() => handOut.Taken(file.Id));
        return new FileClaim(FileClaimOutcome.Granted, new FileClaimKey(file.Id, number), file.File, file.NextOrdinal, options.Lease)
        {
            Reading = file.Reading,
        };
    }
}
