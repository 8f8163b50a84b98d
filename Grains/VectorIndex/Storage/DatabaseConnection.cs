using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>A connection to the database with its prepared statements. Used by one thread at a time.</summary>
internal sealed class DatabaseConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];

    static DatabaseConnection() => Batteries_V2.Init();

    public DatabaseConnection(string path, SqliteOpenMode mode)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            _connection.Open();
            Execute("PRAGMA busy_timeout = 10000");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement that gives no rows, or whose rows are of no interest.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(sql, values);
        while (rows.Read())
        {
        }

        return raw.sqlite3_changes(_connection.Handle!);
    }

    /// <summary>Starts a query. The statement is busy until the rows are disposed.</summary>
    public Rows Query(string sql, params ReadOnlySpan<SqlValue> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new Statement(_connection.Handle!, sql));
        try
        {
            statement.Start(values);
        }
        catch
        {
            statement.Reset();
            throw;
        }

        return new Rows(statement);
    }

    /// <summary>The first column of the first row; null where there is no row, or NULL.</summary>
    public long? Integer(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(sql, values);
        return rows.Read() ? rows.IntegerOrNull(0) : null;
    }

    /// <summary>Runs a script of several statements.</summary>
    public void ExecuteScript(string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle!, sql), _connection.Handle!);

    /// <summary>Ends a transaction without a trace, if SQLite has not done so itself.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
            Execute("ROLLBACK");
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }
}
