using System.Buffers;
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

    public bool? BooleanOrNull(int column) => IntegerOrNull(column) is { } number ? number != 0 : null;

    /// <summary>Whether a text is this one, as bytes: a lone surrogate is stored as U+FFFD, and would look like another for ever.</summary>
    public bool TextIs(int column, string? text)
    {
        if (text is null || statement.IsNull(column))
            return text is null && statement.IsNull(column);
        var stored = statement.Bytes(column);
        if (Encoding.UTF8.GetByteCount(text) != stored.Length)
            return false;
        var bytes = ArrayPool<byte>.Shared.Rent(stored.Length);
        try
        {
            return stored.SequenceEqual(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

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
