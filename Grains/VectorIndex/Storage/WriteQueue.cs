using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>Does all writing, one transaction after another; writes that wait at the same time share one.</summary>
/// <remarks>
/// Sharing saves the wait for the disk at each commit. Where a shared transaction fails, its writes are done again one by
/// one, so that only the one at fault fails. A write must therefore have no effect but on its transaction.
/// </remarks>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int MostWritesShared = 32;

    private readonly IndexDatabase _database;
    private readonly DatabaseConnection _connection;
    private readonly Action<WriteTransaction> _committed;
    private readonly Channel<PendingWrite> _pending = Channel.CreateUnbounded<PendingWrite>(new() { SingleReader = true });
    private readonly Task _writing;
    private volatile IndexState _state;
    private bool _truncationDue;

    /// <param name="database">Where it lies.</param>
    /// <param name="connection">The connection that writes; from now on the queue's own.</param>
    /// <param name="state">How the index stands.</param>
    /// <param name="committed">Called after each commit, before the transaction's own actions and any answer.</param>
    public WriteQueue(IndexDatabase database, DatabaseConnection connection, IndexState state, Action<WriteTransaction> committed)
    {
        _database = database;
        _connection = connection;
        _committed = committed;
        _state = state;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>How the index stands on disk.</summary>
    public IndexState State => _state;

    /// <summary>Does a write; answers once it is on disk.</summary>
    /// <exception cref="IndexWriteException">The disk is full or broken: nothing was changed.</exception>
    public Task<T> RunAsync<T>(Func<WriteTransaction, T> write, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var pending = new PendingWrite<T>(write);
        return _pending.Writer.TryWrite(pending) ? pending.Answer : throw new IndexNotRunningException();
    }

    /// <summary>Does what waits, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _writing;
        _connection.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var shared = new List<PendingWrite>(MostWritesShared);
        while (await _pending.Reader.WaitToReadAsync())
        {
            while (shared.Count < MostWritesShared && _pending.Reader.TryRead(out var pending))
                shared.Add(pending);
            if (!TryWrite(shared, out var failure))
            {
                if (shared.Count == 1)
                    shared[0].Fail(failure);
                else
                    WriteOneByOne(shared);
            }

            shared.Clear();
        }
    }

    private void WriteOneByOne(List<PendingWrite> writes)
    {
        foreach (var write in writes)
            if (!TryWrite([write], out var failure))
                write.Fail(failure);
    }

    private bool TryWrite(List<PendingWrite> writes, out Exception failure)
    {
        failure = null!;
        var transaction = new WriteTransaction(_connection, _state);
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            foreach (var write in writes)
                write.Run(transaction);
            if (transaction.State != _state)
                transaction.State.Write(_connection);
            _connection.Execute("COMMIT");
        }
        catch (Exception e)
        {
            _connection.Rollback();
            failure = e is SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR } broken
                ? new IndexWriteException(_database.Path, broken.SqliteErrorCode == raw.SQLITE_FULL, e)
                : e;
            return false;
        }

        try
        {
            _committed(transaction);
            _state = transaction.State;
            foreach (var action in transaction.AfterCommit)
                action();
        }
        catch (Exception e)
        {
            // On disk, but the index in memory no longer equals it: those who wait must hear of it.
            _state = transaction.State;
            failure = e;
            foreach (var write in writes)
                write.Fail(e);
            return true;
        }

        _truncationDue |= transaction.Erased;
        TruncateLog();
        foreach (var write in writes)
            write.Complete();
        return true;
    }

    /// <summary>Empties the log after a deletion. Readers may hinder it for a moment: then the next write tries again.</summary>
    private void TruncateLog()
    {
        if (!_truncationDue)
            return;
        try
        {
            _truncationDue = _connection.Integer("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
        }
        catch (SqliteException)
        {
            // No space to copy the log into the database: the next write tries again.
        }
    }
}
