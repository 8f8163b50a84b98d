using System.Runtime.InteropServices;

namespace ChatAnalysis.OnnxRuntime;

/// <summary>An array that never moves, so that native code can read and write it. It is reused from run to run.</summary>
/// <typeparam name="T">float, long or byte.</typeparam>
/// <param name="length">Elements.</param>
public sealed class PinnedBuffer<T>(int length) where T : unmanaged
{
    private readonly T[] _values = GC.AllocateArray<T>(length, pinned: true);

    /// <summary>Its elements.</summary>
    public Span<T> Span => _values;

    /// <summary>Number of elements.</summary>
    public int Length => _values.Length;

    internal nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);
}
