using System.Runtime.InteropServices;
using System.Text;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The rows of a query, read one after another. Dispose it to free its statement.</summary>
internal readonly ref struct Rows(Statement statement)
{
    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Read() => statement.Step();

    public long Integer(int column) => statement.Integer(column);

    public long? IntegerOrNull(int column) => statement.IsNull(column) ? null : statement.Integer(column);

    public float Real(int column) => (float)statement.Real(column);

    public string Text(int column) => Encoding.UTF8.GetString(statement.Bytes(column));

    public string? TextOrNull(int column) => statement.IsNull(column) ? null : Text(column);

    public DateTimeOffset? TimeOrNull(int column) =>
        IntegerOrNull(column) is { } microseconds ? Timestamp.FromMicroseconds(microseconds) : null;

    /// <summary>Valid until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => statement.Bytes(column);

    /// <summary>A vector; valid until the next row.</summary>
    public ReadOnlySpan<Half> Halves(int column) => MemoryMarshal.Cast<byte, Half>(statement.Bytes(column));

    public void Dispose() => statement.Reset();
}
