using System.Collections.Concurrent;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>Connections for reading, kept open between uses.</summary>
internal sealed class ReadConnections(IndexDatabase database) : IDisposable
{
    private const int Most = 16;

    private readonly SemaphoreSlim _free = new(Most);
    private readonly ConcurrentBag<DatabaseConnection> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads within one transaction: everything is as of one moment.</summary>
    public async Task<T> ReadAsync<T>(Func<DatabaseConnection, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            if (_closed)
                throw new IndexNotRunningException();
            if (!_idle.TryTake(out var connection))
                connection = database.OpenReader();
            var sound = false;
            try
            {
                connection.Execute("BEGIN");
                var result = read(connection);
                connection.Execute("COMMIT");
                sound = true;
                return result;
            }
            finally
            {
                if (sound)
                    _idle.Add(connection);
                else
                    connection.Dispose();
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the readers there are, and closes.</summary>
    public void Dispose()
    {
        _closed = true;
        for (var i = 0; i < Most; i++)
            _free.Wait();
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        _free.Release(Most);
    }
}
