using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>Does all writing, one transaction after another, in the order it is asked.</summary>
/// <remarks>Letting writes that wait together share a commit was measured: with 2 and with 16 parsers it gained nothing.</remarks>
internal sealed class WriteQueue : IAsyncDisposable
{
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
        await foreach (var write in _pending.Reader.ReadAllAsync())
        {
            try
            {
                Write(write);
                write.Complete();
            }
            catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR)
            {
                write.Fail(new IndexWriteException(_database.Path, e.SqliteErrorCode == raw.SQLITE_FULL, e));
            }
            catch (Exception e)
            {
                write.Fail(e);
            }
        }
    }

    private void Write(PendingWrite write)
    {
        var transaction = new WriteTransaction(_connection, _state);
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            write.Run(transaction);
            if (transaction.State != _state)
                transaction.State.Write(_connection);
            _connection.Execute("COMMIT");
        }
        catch
        {
            _connection.Rollback();
            throw;
        }

        _state = transaction.State;
        _committed(transaction);
        foreach (var action in transaction.AfterCommit)
            action();
        _truncationDue |= transaction.Erased;
        TruncateLog();
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
