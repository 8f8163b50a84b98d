using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The parts of a running index, put together; they live from start to stop.</summary>
internal sealed class IndexOwner : IAsyncDisposable
{
    private readonly OwnerLock _lock;
    private readonly FileHandOut _handOut;
    private readonly PatternFinding _patterns;
    private readonly RawFiles _rawFiles;
    private readonly SnapshotWriting _snapshots;
    private readonly IndexUpkeep _upkeep;
    private readonly LiveIndex _live;
    private readonly bool _parsersOutliveOwner;

    private IndexOwner(
        OwnerLock @lock, IndexDatabase database, DatabaseConnection connection, PreparedSnapshot? prepared,
        StorageOptions storage, VectorIndexOptions options, IFileJobQueue queue, TimeProvider time, ILoggerFactory loggers)
    {
        _lock = @lock;
        UploadsMarker = VectorIndex.UploadsMarker.ReadOrCreate(storage.UploadDirectory);
        _parsersOutliveOwner = queue.ParsersOutliveOwner;
        var state = IndexState.Read(connection);
        var snapshotPath = IndexSnapshot.PathIn(storage.DataDirectory);
        _live = new IndexLoading(database, connection, snapshotPath, prepared, loggers.CreateLogger<IndexLoading>()).Load(state);
        Writes = new WriteQueue(database, connection, state, Committed);
        Reads = new ReadConnections(database);
        _snapshots = new SnapshotWriting(options, snapshotPath, _live, Writes, loggers.CreateLogger<SnapshotWriting>());
        _rawFiles = new RawFiles(storage, options, time, loggers.CreateLogger<RawFiles>());
        Waits = new UploadWaits(time);
        var uploadEnding = new UploadEnding(options, time, Waits, _rawFiles);
        _handOut = new FileHandOut(queue, time, loggers.CreateLogger<FileHandOut>());
        _patterns = new PatternFinding(options, _live, Writes, Reads, uploadEnding, loggers.CreateLogger<PatternFinding>());
        _upkeep = new IndexUpkeep(
            options, time, Writes, Reads, _handOut, _patterns, _rawFiles, loggers.CreateLogger<IndexUpkeep>());
        Files = new FileEnding(uploadEnding, _patterns, _handOut);
        Claims = new FileClaims(options, time, Files, _handOut);
        Adding = new MessageAdding(Claims);
        Uploads = new UploadOpenings(time, Files, uploadEnding);
        Search = new MessageSearch(_live, Writes, Reads);
    }

    public WriteQueue Writes { get; }

    public ReadConnections Reads { get; }

    public UploadWaits Waits { get; }

    public FileEnding Files { get; }

    public FileClaims Claims { get; }

    public MessageAdding Adding { get; }

    public UploadOpenings Uploads { get; }

    public MessageSearch Search { get; }

    /// <summary>Who holds the data directory: this host and process.</summary>
    public string Name => _lock.Owner;

    /// <summary>What marks UPLOAD_DIR.</summary>
    public string UploadsMarker { get; }

    /// <summary>Loads the index and takes up what was left undone.</summary>
    /// <param name="ownerLock">What makes this process the owner; from now on the index's own.</param>
    /// <param name="prepared">What a stand-by has read already.</param>
    /// <param name="storage">Where things are kept.</param>
    /// <param name="options">Settings.</param>
    /// <param name="queue">Carries files to the parsers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">For its parts' logs.</param>
    /// <exception cref="IndexStartException">The database cannot be used.</exception>
    public static async Task<IndexOwner> StartAsync(
        OwnerLock ownerLock,
        PreparedSnapshot? prepared,
        StorageOptions storage,
        VectorIndexOptions options,
        IFileJobQueue queue,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        var database = new IndexDatabase(storage.DataDirectory);
        DatabaseConnection? connection = null;
        IndexOwner? owner = null;
        try
        {
            connection = database.OpenWriter();
            owner = new IndexOwner(ownerLock, database, connection, prepared, storage, options, queue, time, loggers);
            await owner.TakeUpAsync();
            return owner;
        }
        catch (Exception e)
        {
            if (owner is not null)
            {
                await owner.DisposeAsync();
            }
            else
            {
                connection?.Dispose();
                ownerLock.Dispose();
            }

            if (e is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB })
                throw new DamagedDatabaseException(database.Path, e);
            throw;
        }
    }

    /// <summary>Writes a snapshot in the background, so that the one on disk does not keep what was deleted.</summary>
    public void RenewSnapshot() => _ = _snapshots.WriteAsync();

    /// <summary>Ends: what is being written is finished, the snapshot brought up to date, the lock freed.</summary>
    public async ValueTask DisposeAsync()
    {
        Waits.EndAll();
        await _upkeep.DisposeAsync();
        await _handOut.DisposeAsync();
        await _patterns.DisposeAsync();
        await _snapshots.WriteAsync();
        await Writes.DisposeAsync();
        Reads.Dispose();
        _live.Dispose();
        _lock.Dispose();
    }

    private async Task TakeUpAsync()
    {
        if (!_parsersOutliveOwner)
        {
            await Writes.RunAsync(transaction =>
            {
                FileRows.VoidLeases(transaction.Database, DateTimeOffset.MaxValue);
                return true;
            });

            // Before the first upload can be on its way.
            await _upkeep.SweepAsync(nobodyReceives: _rawFiles.Own);
        }

        _handOut.Start();
        _upkeep.Start();
    }

    private void Committed(WriteTransaction transaction)
    {
        _live.Apply(transaction);
        _snapshots.WriteIfDue(transaction.State.Messages);
    }
}
