using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>A prepared statement, used again and again.</summary>
/// <remarks>
/// It speaks to SQLite's C API directly: Microsoft.Data.Sqlite boxes every value, which is felt at some dozen values a message.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _utf8 = new byte[1024];
    private bool _inUse;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Sets all parameters, in the order of their numbers.</summary>
    public void Start(ReadOnlySpan<SqlValue> values)
    {
        if (_inUse)
            throw new InvalidOperationException("A statement was started again before its rows were read to the end or disposed");
        _inUse = true;
        for (var i = 0; i < values.Length; i++)
            Bind(i + 1, values[i]);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False after the last.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code != raw.SQLITE_ROW && code != raw.SQLITE_DONE)
            Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Makes it ready to be started again. Errors were told by <see cref="Step"/> already.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(_statement);
        _inUse = false;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Real(int column) => raw.sqlite3_column_double(_statement, column);

    /// <summary>The bytes of a blob, or of a text in UTF-8; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Bind(int number, in SqlValue value) => Check(value.Kind switch
    {
        SqlValueKind.Integer => raw.sqlite3_bind_int64(_statement, number, value.Integer),
        SqlValueKind.Real => raw.sqlite3_bind_double(_statement, number, value.Real),
        SqlValueKind.Text => BindText(number, value.Text!),
        SqlValueKind.Blob => raw.sqlite3_bind_blob(_statement, number, value.Blob.Span),
        SqlValueKind.Halves => raw.sqlite3_bind_blob(_statement, number, MemoryMarshal.AsBytes(value.Halves.Span)),
        _ => raw.sqlite3_bind_null(_statement, number),
    });

    private int BindText(int number, string text)
    {
        // An empty span would arrive as a null pointer, and so as NULL.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(_statement, number, "");
        var needed = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_utf8.Length < needed)
            _utf8 = new byte[needed];
        return raw.sqlite3_bind_text(_statement, number, _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8)));
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
