using Microsoft.Data.Sqlite;

namespace ChatAnalysis.Tests.Service;

/// <summary>The database of a service that has ended, looked at from outside.</summary>
internal sealed class IndexFile : IDisposable
{
    private readonly SqliteConnection _connection;

    public IndexFile(string dataDirectory)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "chatanalysis.db")};Pooling=False");
        _connection.Open();
    }

    /// <summary>The single number that a statement gives; 0 where it gives none.</summary>
    public long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long value ? value : 0;
    }

    /// <summary>The first column of all rows.</summary>
    public IReadOnlyList<string> Texts(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read())
            texts.Add(rows.GetString(0));
        return texts;
    }

    public void Dispose() => _connection.Dispose();
}
