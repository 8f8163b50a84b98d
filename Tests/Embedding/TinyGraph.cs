using System.Text;

namespace ChatAnalysis.Tests.Embedding;

/// <summary>
/// Writes a small graph in ONNX's protobuf: each token's row of a table is its vector. Field numbers are those of onnx.proto.
/// </summary>
internal static class TinyGraph
{
    private const int Float = 1, Int64 = 7;

    /// <summary>A graph of sentence-transformers' shape: last_hidden_state is [batch, tokens, dimension].</summary>
    /// <param name="table">[tokens of the vocabulary][dimension].</param>
    /// <param name="output">The output's name.</param>
    public static byte[] Gather(float[][] table, string output = "last_hidden_state")
    {
        var values = new byte[table.Length * table[0].Length * sizeof(float)];
        Buffer.BlockCopy(table.SelectMany(row => row).ToArray(), 0, values, 0, values.Length);
        var weights = Join(Number(1, table.Length), Number(1, table[0].Length), Number(2, Float), Field(8, "table"), Field(9, values));
        var node = Join(Field(1, "table"), Field(1, "input_ids"), Field(2, output), Field(4, "Gather"));
        var graph = Join(
            Field(1, node), Field(2, "tiny"), Field(5, weights),
            Field(11, Value("input_ids", Int64, "batch", "tokens")),
            Field(11, Value("attention_mask", Int64, "batch", "tokens")),
            Field(11, Value("token_type_ids", Int64, "batch", "tokens")),
            Field(12, Value(output, Float, "batch", "tokens", table[0].Length)));
        return Join(Number(1, 8), Field(7, graph), Field(8, Join(Field(1, ""), Number(2, 17))));
    }

    private static byte[] Value(string name, int type, params object[] shape)
    {
        var dimensions = Join([.. shape.Select(d => Field(1, d is int size ? Number(1, size) : Field(2, (string)d)))]);
        return Join(Field(1, name), Field(2, Field(1, Join(Number(1, type), Field(2, dimensions)))));
    }

    private static byte[] Number(int field, long value) => [.. Varint((ulong)field << 3), .. Varint((ulong)value)];

    private static byte[] Field(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] content) =>
        [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
