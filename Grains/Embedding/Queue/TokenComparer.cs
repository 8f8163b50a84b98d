using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>Compares texts by their tokens, without an array for the one that is looked up.</summary>
internal sealed class TokenComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
{
    public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

    public int GetHashCode([DisallowNull] int[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<int> alternate)
    {
        // Seeded by the process: nobody can prepare texts that collide.
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(alternate));
        return hash.ToHashCode();
    }

    public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
}
