using System.Runtime.CompilerServices;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The owner of everything durable: SQLite holds the truth, FAISS the vectors derived from it.</summary>
/// <param name="storage">Where things are kept.</param>
/// <param name="options">Settings.</param>
/// <param name="queue">Carries files to the parsers.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">For its parts' logs.</param>
public sealed class VectorIndexGrain(
    StorageOptions storage, VectorIndexOptions options, IFileJobQueue queue, TimeProvider time, ILoggerFactory loggers)
    : IVectorIndexGrain, IHostedService
{
    private IndexOwner? _owner;

    /// <summary>The running parts.</summary>
    internal IndexOwner Owner => Volatile.Read(ref _owner) ?? throw new IndexNotRunningException();

    /// <summary>Whether this process owns the data directory and answers. Until then every call is refused as unavailable.</summary>
    public bool IsOwner => Volatile.Read(ref _owner) is not null;

    /// <summary>Becomes the owner of the data directory, loads the index and hands out the files that have not ended.</summary>
    /// <exception cref="IndexStartException">The data directory cannot be used; the message is for a person.</exception>
    public Task StartAsync(CancellationToken cancellationToken) =>
        StartAsync(OwnerLock.Take(storage.DataDirectory, time), prepared: null);

    /// <summary>Waits until no other process owns the data directory, and then starts.</summary>
    /// <param name="cancellationToken">Ends the wait; what was begun once it was over is finished all the same.</param>
    /// <exception cref="IndexStartException">The data directory cannot be used; the message is for a person.</exception>
    public async Task StandByAsync(CancellationToken cancellationToken)
    {
        using var prepared = new PreparedSnapshot(storage.DataDirectory);
        var standBy = new StandBy(storage, prepared, time, loggers.CreateLogger<StandBy>());
        await StartAsync(await standBy.WaitForLockAsync(cancellationToken), prepared);
    }

    /// <summary>Sends away all who wait for uploads, as the index is about to stop: they can wait at the next owner.</summary>
    public void EndWaits() => Volatile.Read(ref _owner)?.Waits.EndAll();

    /// <summary>Finishes what is being written, brings the snapshot up to date and frees the data directory.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _owner, null) is { } owner)
            await owner.DisposeAsync();
    }

    /// <inheritdoc/>
    public Task OpenUploadAsync(UploadOpening upload, CancellationToken cancellationToken)
    {
        var owner = Owner;
        return owner.Writes.RunAsync(transaction => owner.Uploads.Open(transaction, upload), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<FileClaim> ClaimFileAsync(FileJob job, string claimant, CancellationToken cancellationToken)
    {
        var owner = Owner;
        return owner.Writes.RunAsync(transaction => owner.Claims.Claim(transaction, job, claimant), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RenewClaimAsync(FileClaimKey claim, long? expectedMessages, CancellationToken cancellationToken) =>
        WriteForAsync(
            claim,
            (owner, transaction) =>
            {
                if (FileClaims.FindHeld(transaction, claim) is not { } file)
                    return false;
                owner.Claims.Renew(transaction, file, file.NextOrdinal, expectedMessages);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> FindUnembeddedAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        var owner = Owner;
        return Task.Run(
            () => owner.Reads.ReadAsync(database => UnembeddedMessages.Find(database, batch), cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AddOutcome> AddMessagesAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        WriteForAsync(batch.Claim, (owner, transaction) => owner.Adding.Add(transaction, batch), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HandBackFileAsync(FileClaimKey claim, CancellationToken cancellationToken)
    {
        var owner = Owner;
        return owner.Writes.RunAsync(transaction => owner.Claims.HandBack(transaction, claim), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> FinishFileAsync(FileClaimKey claim, FileReport report, CancellationToken cancellationToken) =>
        WriteForAsync(claim, (owner, transaction) => owner.Files.Finish(transaction, claim, report), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> FailFileAsync(FileClaimKey claim, FileError reason, CancellationToken cancellationToken)
    {
        var owner = Owner;
        return owner.Writes.RunAsync(transaction => owner.Files.Fail(transaction, claim, reason), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<UploadStatus?> WaitForUploadAsync(string uploadId, TimeSpan patience, CancellationToken cancellationToken)
    {
        var owner = Owner;
        await owner.Waits.WaitAsync(
            uploadId,
            patience,
            () => owner.Reads.ReadAsync(database => UploadRows.Find(database, uploadId) is null or { Ended: true }, cancellationToken),
            cancellationToken);
        return await Owner.Reads.ReadAsync(
            database => UploadStatusReading.Read(database, uploadId, owner.Writes.State.Messages), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UploadSummary> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var upload in await Owner.Reads.ReadAsync(UploadRows.List, cancellationToken))
            yield return upload;
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteUploadAsync(string uploadId, CancellationToken cancellationToken)
    {
        var owner = Owner;
        var existed = await owner.Writes.RunAsync(transaction => owner.Uploads.Delete(transaction, uploadId), cancellationToken);
        if (existed)
            owner.RenewSnapshot();
        return existed;
    }

    /// <inheritdoc/>
    public Task<SearchResult> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var owner = Owner;
        return Task.Run(() => owner.Search.SearchAsync(query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IndexStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var owner = Owner;
        var pending = await owner.Reads.ReadAsync(FileRows.CountUnended, cancellationToken);
        var state = owner.Writes.State;
        return new IndexStatus(state.Messages, state.Model?.Id, pending, owner.Name, owner.UploadsMarker);
    }

    private async Task StartAsync(OwnerLock ownerLock, PreparedSnapshot? prepared) =>
        Volatile.Write(ref _owner, await IndexOwner.StartAsync(ownerLock, prepared, storage, options, queue, time, loggers));

    /// <summary>Writes on a parser's behalf. Where the disk is at fault, the parser's try is not counted.</summary>
    private async Task<T> WriteForAsync<T>(
        FileClaimKey claim, Func<IndexOwner, WriteTransaction, T> write, CancellationToken cancellationToken)
    {
        var owner = Owner;
        try
        {
            return await owner.Writes.RunAsync(transaction => write(owner, transaction), cancellationToken);
        }
        catch (IndexWriteException)
        {
            owner.Claims.Excuse(claim.FileId);
            throw;
        }
    }
}
