namespace ChatAnalysis.OnnxRuntime;

/// <summary>A shape laid over the beginning of a buffer. Native code sees the buffer itself: nothing is copied.</summary>
public sealed unsafe class Tensor : IDisposable
{
    private readonly object _buffer;

    private Tensor(object buffer, OrtHandle handle)
    {
        _buffer = buffer;
        Handle = handle;
    }

    internal OrtHandle Handle { get; }

    /// <summary>Lays a shape over a buffer of 64-bit integers.</summary>
    /// <exception cref="ArgumentException">The buffer is shorter than the shape.</exception>
    public static Tensor Over(OnnxRuntimeLibrary library, PinnedBuffer<long> buffer, params ReadOnlySpan<long> shape) =>
        Over(library, buffer, shape, TensorElementType.Int64);

    /// <summary>Lays a shape over a buffer of floats.</summary>
    /// <exception cref="ArgumentException">The buffer is shorter than the shape.</exception>
    public static Tensor Over(OnnxRuntimeLibrary library, PinnedBuffer<float> buffer, params ReadOnlySpan<long> shape) =>
        Over(library, buffer, shape, TensorElementType.Float);

    /// <summary>Takes the shape off; the buffer stays.</summary>
    public void Dispose()
    {
        Handle.Dispose();
        GC.KeepAlive(_buffer);
    }

    private static Tensor Over<T>(OnnxRuntimeLibrary library, PinnedBuffer<T> buffer, ReadOnlySpan<long> shape, TensorElementType type)
        where T : unmanaged
    {
        var elements = 1L;
        foreach (var dimension in shape)
            elements = checked(elements * dimension);
        if (elements > buffer.Length)
            throw new ArgumentException($"A tensor of {elements} elements needs a longer buffer than {buffer.Length}", nameof(shape));

        nint value;
        fixed (long* dimensions = shape)
        {
            library.Check(library.Api.CreateTensorWithDataAsOrtValue(
                library.CpuMemory.Value, (void*)buffer.Address, (nuint)(elements * sizeof(T)), dimensions, (nuint)shape.Length,
                (int)type, &value));
        }

        return new Tensor(buffer, new OrtHandle(value, library.Api.ReleaseValue));
    }
}
