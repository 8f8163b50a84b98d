using Microsoft.Data.Sqlite;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The database's file: how it is opened and brought to the present schema.</summary>
internal sealed class IndexDatabase(string dataDirectory)
{
    /// <summary>Its file.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataDirectory, "chatanalysis.db");

    /// <summary>Opens the connection that writes, creating or migrating the database where needed.</summary>
    /// <exception cref="NewerDatabaseException">Its schema is newer than this program.</exception>
    public DatabaseConnection OpenWriter()
    {
        RefuseNewer();
        // SQLite's log and shared memory take the database's mode.
        if (!File.Exists(Path))
            PrivateFile.Create(Path);
        var connection = new DatabaseConnection(Path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // FULL: a commit is on disk when it returns. secure_delete: what is deleted is overwritten.
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA foreign_keys = ON");
            connection.Execute("PRAGMA secure_delete = ON");
            connection.Execute("PRAGMA cache_size = -32768");
            connection.Execute("PRAGMA wal_autocheckpoint = 4096");
            Migrate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that only reads: what was committed when its transaction began. It waits for no writer.</summary>
    public DatabaseConnection OpenReader()
    {
        var connection = new DatabaseConnection(Path, SqliteOpenMode.ReadWrite);
        connection.Execute("PRAGMA query_only = ON");
        return connection;
    }

    private static long Version(DatabaseConnection connection) => connection.Integer("PRAGMA user_version") ?? 0;

    // Asked over a connection that cannot write, before anything else is done to the file.
    private void RefuseNewer()
    {
        if (!File.Exists(Path))
            return;
        using var connection = new DatabaseConnection(Path, SqliteOpenMode.ReadOnly);
        var found = Version(connection);
        if (found > Schema.Steps.Count)
            throw new NewerDatabaseException(Path, found, Schema.Steps.Count);
    }

    private static void Migrate(DatabaseConnection connection)
    {
        for (var version = Version(connection); version < Schema.Steps.Count; version++)
            connection.ExecuteScript($"BEGIN IMMEDIATE; {Schema.Steps[(int)version]} PRAGMA user_version = {version + 1}; COMMIT");
    }
}
