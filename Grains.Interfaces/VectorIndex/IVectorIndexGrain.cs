namespace ChatAnalysis.Grains.Interfaces;

/// <summary>The owner of everything durable: uploads, files, messages, vectors and the index. Exactly one answers at a time.</summary>
/// <remarks>Every call may be repeated: doing so changes nothing that the first did not.</remarks>
public interface IVectorIndexGrain
{
    /// <summary>Records an upload and its files and hands the files out. Answered once it is on disk.</summary>
    Task OpenUploadAsync(UploadOpening upload, CancellationToken cancellationToken);

    /// <summary>Gives a parser the lease of a file and the ordinal to go on from, or refuses.</summary>
    /// <param name="job">Names the file.</param>
    /// <param name="claimant">Chosen by the parser anew for each job: who asks again, an answer having been lost, gets the same claim.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    Task<FileClaim> ClaimFileAsync(FileJob job, string claimant, CancellationToken cancellationToken);

    /// <summary>Renews a claim while nothing can be added yet, and tells how many messages the file holds once that is known.</summary>
    /// <returns>False where the claim is no longer the file's.</returns>
    Task<bool> RenewClaimAsync(FileClaimKey claim, long? expectedMessages, CancellationToken cancellationToken);

    /// <summary>Finds which messages of a batch need a vector: those that are new, or whose text is another than before.</summary>
    /// <param name="batch">The messages; their vectors are not looked at.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>Their places in the batch, in order. When they are added the index may need others, which the outcome tells.</returns>
    Task<IReadOnlyList<int>> FindUnembeddedAsync(MessageBatch batch, CancellationToken cancellationToken);

    /// <summary>Adds messages with their vectors and renews the claim. Answered once they are on disk.</summary>
    Task<AddOutcome> AddMessagesAsync(MessageBatch batch, CancellationToken cancellationToken);

    /// <summary>Gives a file back whose parser works on it no longer: what was added stays, and the rest is handed out anew.</summary>
    /// <remarks>It counts as no try.</remarks>
    /// <returns>False where the claim is no longer the file's.</returns>
    Task<bool> HandBackFileAsync(FileClaimKey claim, CancellationToken cancellationToken);

    /// <summary>Ends a file that was read to its end.</summary>
    /// <returns>False where the claim is no longer the file's.</returns>
    Task<bool> FinishFileAsync(FileClaimKey claim, FileReport report, CancellationToken cancellationToken);

    /// <summary>Ends a file that cannot be read: its messages are taken back, its neighbours go on.</summary>
    /// <returns>False where the claim is no longer the file's.</returns>
    Task<bool> FailFileAsync(FileClaimKey claim, FileError reason, CancellationToken cancellationToken);

    /// <summary>Waits until an upload has ended, at most for <paramref name="patience"/> (zero: do not wait).</summary>
    /// <returns>How it stands then, or null where there is no such upload.</returns>
    Task<UploadStatus?> WaitForUploadAsync(string uploadId, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>All uploads, newest first.</summary>
    IAsyncEnumerable<UploadSummary> ListUploadsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes an upload, its raw files, and the messages that no other upload holds.</summary>
    /// <returns>False where there is no such upload.</returns>
    Task<bool> DeleteUploadAsync(string uploadId, CancellationToken cancellationToken);

    /// <summary>The messages whose vectors are nearest to the query's.</summary>
    Task<SearchResult> SearchAsync(SearchQuery query, CancellationToken cancellationToken);

    /// <summary>How the index stands.</summary>
    Task<IndexStatus> GetStatusAsync(CancellationToken cancellationToken);
}
