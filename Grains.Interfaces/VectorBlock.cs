namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Vectors of one length, row after row.</summary>
/// <param name="Dimension">Components of a row.</param>
/// <param name="Values">[Count x Dimension], row-major.</param>
public sealed record VectorBlock(int Dimension, ReadOnlyMemory<float> Values)
{
    /// <summary>Number of rows.</summary>
    public int Count => Values.Length / Dimension;

    /// <summary>One row, [Dimension].</summary>
    public ReadOnlySpan<float> this[int row] => Values.Span.Slice(row * Dimension, Dimension);
}
