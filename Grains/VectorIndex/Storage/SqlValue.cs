namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>A value on its way into a statement; what is passed converts by itself.</summary>
internal readonly struct SqlValue
{
    private SqlValue(
        SqlValueKind kind,
        long integer = 0,
        double real = 0,
        string? text = null,
        ReadOnlyMemory<byte> blob = default,
        ReadOnlyMemory<Half> halves = default)
    {
        Kind = kind;
        Integer = integer;
        Real = real;
        Text = text;
        Blob = blob;
        Halves = halves;
    }

    public SqlValueKind Kind { get; }

    public long Integer { get; }

    public double Real { get; }

    public string? Text { get; }

    public ReadOnlyMemory<byte> Blob { get; }

    public ReadOnlyMemory<Half> Halves { get; }

    public static implicit operator SqlValue(int value) => new(SqlValueKind.Integer, value);

    public static implicit operator SqlValue(long value) => new(SqlValueKind.Integer, value);

    public static implicit operator SqlValue(long? value) => value is { } known ? (SqlValue)known : default;

    public static implicit operator SqlValue(bool value) => new(SqlValueKind.Integer, value ? 1 : 0);

    public static implicit operator SqlValue(bool? value) => value is { } known ? (SqlValue)known : default;

    public static implicit operator SqlValue(float value) => new(SqlValueKind.Real, real: value);

    public static implicit operator SqlValue(string? value) => value is null ? default : new(SqlValueKind.Text, text: value);

    public static implicit operator SqlValue(ReadOnlyMemory<byte> value) => new(SqlValueKind.Blob, blob: value);

    public static implicit operator SqlValue(ReadOnlyMemory<Half> value) => new(SqlValueKind.Halves, halves: value);

    public static implicit operator SqlValue(DateTimeOffset value) => Timestamp.ToMicroseconds(value);
}
