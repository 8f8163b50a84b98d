using System.Runtime.InteropServices;
using System.Text;

namespace ChatAnalysis.OnnxRuntime;

/// <summary>A loaded graph. Any number of threads may run it at once.</summary>
public sealed unsafe class InferenceSession : IDisposable
{
    private readonly OrtHandle _handle;
    private readonly PinnedBuffer<byte>[] _inputNames;
    private readonly PinnedBuffer<byte>[] _outputNames;

    /// <summary>Loads and optimises a graph.</summary>
    /// <param name="library">The ONNX Runtime to run it.</param>
    /// <param name="graph">The graph's file.</param>
    /// <param name="options">How to run it.</param>
    /// <exception cref="OnnxRuntimeException">The file is not a graph, or CUDA was asked for and cannot be had.</exception>
    public InferenceSession(OnnxRuntimeLibrary library, string graph, SessionOptions options)
    {
        Library = library;
        using var native = NativeOptions(options);
        nint value;
        fixed (byte* path = Encoding.UTF8.GetBytes(graph + '\0'))
            library.Check(library.Api.CreateSession(library.Environment.Value, path, native.Value, &value));
        _handle = new OrtHandle(value, library.Api.ReleaseSession);

        nuint count;
        library.Check(library.Api.SessionGetInputCount(value, &count));
        Inputs = [.. Enumerable.Range(0, (int)count).Select(i => Describe(i, input: true))];
        library.Check(library.Api.SessionGetOutputCount(value, &count));
        Outputs = [.. Enumerable.Range(0, (int)count).Select(i => Describe(i, input: false))];
        _inputNames = [.. Inputs.Select(i => Pinned(i.Name))];
        _outputNames = [.. Outputs.Select(o => Pinned(o.Name))];
    }

    /// <summary>The ONNX Runtime that runs it.</summary>
    public OnnxRuntimeLibrary Library { get; }

    /// <summary>What the graph takes, in its order.</summary>
    public IReadOnlyList<TensorInfo> Inputs { get; }

    /// <summary>What the graph gives, in its order.</summary>
    public IReadOnlyList<TensorInfo> Outputs { get; }

    /// <summary>Runs the graph once, on the calling thread.</summary>
    /// <param name="inputs">One tensor an input, in the order of <see cref="Inputs"/>.</param>
    /// <param name="output">Which of <see cref="Outputs"/> is wanted.</param>
    /// <param name="result">Takes it; of exactly the shape that comes out.</param>
    /// <exception cref="OnnxRuntimeException">The tensors do not fit the graph, or the device failed.</exception>
    public void Run(ReadOnlySpan<Tensor> inputs, int output, Tensor result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputs.Length, _inputNames.Length);
        var names = stackalloc nint[inputs.Length];
        var values = stackalloc nint[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            (names[i], values[i]) = (_inputNames[i].Address, inputs[i].Handle.Value);
        var resultValue = result.Handle.Value;
        var resultName = (byte*)_outputNames[output].Address;

        var held = false;
        _handle.DangerousAddRef(ref held);
        try
        {
            Library.Check(Library.Api.Run(
                _handle.Value, 0, (byte**)names, values, (nuint)inputs.Length, &resultName, 1, &resultValue));
        }
        finally
        {
            if (held)
                _handle.DangerousRelease();
        }

        foreach (var input in inputs)
            GC.KeepAlive(input);
        GC.KeepAlive(result);
        GC.KeepAlive(this);
    }

    /// <summary>Unloads the graph, once no run goes on. Nobody may start another.</summary>
    public void Dispose() => _handle.Dispose();

    private static PinnedBuffer<byte> Pinned(string name)
    {
        var terminated = Encoding.UTF8.GetBytes(name + '\0');
        var buffer = new PinnedBuffer<byte>(terminated.Length);
        terminated.CopyTo(buffer.Span);
        return buffer;
    }

    private OrtHandle NativeOptions(SessionOptions options)
    {
        nint value;
        Library.Check(Library.Api.CreateSessionOptions(&value));
        var native = new OrtHandle(value, Library.Api.ReleaseSessionOptions);
        try
        {
            Library.Check(Library.Api.SetSessionGraphOptimizationLevel(value, OrtApi.GraphOptimizationAll));
            Library.Check(Library.Api.SetIntraOpNumThreads(value, options.IntraOpThreads));
            if (options.CudaDevice is { } device)
                AppendCuda(value, device);
            return native;
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }

    /// <summary>The generic call for execution providers refuses CUDA by name: only its own options append it.</summary>
    private void AppendCuda(nint sessionOptions, int device)
    {
        nint value;
        Library.Check(Library.Api.CreateCudaProviderOptions(&value));
        using var cuda = new OrtHandle(value, Library.Api.ReleaseCudaProviderOptions);
        fixed (byte* key = "device_id"u8, number = Encoding.UTF8.GetBytes($"{device}\0"))
        {
            byte* keys = key, values = number;
            Library.Check(Library.Api.UpdateCudaProviderOptions(value, &keys, &values, 1));
        }

        Library.Check(Library.Api.SessionOptionsAppendExecutionProviderCudaV2(sessionOptions, value));
    }

    private TensorInfo Describe(int index, bool input)
    {
        var api = Library.Api;
        nint allocator, type, tensor;
        byte* name;
        Library.Check(api.GetAllocatorWithDefaultOptions(&allocator));
        Library.Check((input ? api.SessionGetInputName : api.SessionGetOutputName)(_handle.Value, (nuint)index, allocator, &name));
        var text = Marshal.PtrToStringUTF8((nint)name) ?? "";
        Library.Check(api.AllocatorFree(allocator, name));

        Library.Check((input ? api.SessionGetInputTypeInfo : api.SessionGetOutputTypeInfo)(_handle.Value, (nuint)index, &type));
        using var owner = new OrtHandle(type, api.ReleaseTypeInfo);
        Library.Check(api.CastTypeInfoToTensorInfo(type, &tensor));
        if (tensor == 0)
            return new TensorInfo(text, TensorElementType.Undefined, []);

        int elementType;
        nuint rank;
        Library.Check(api.GetTensorElementType(tensor, &elementType));
        Library.Check(api.GetDimensionsCount(tensor, &rank));
        var shape = new long[(int)rank];
        fixed (long* dimensions = shape)
            Library.Check(api.GetDimensions(tensor, dimensions, rank));
        return new TensorInfo(text, (TensorElementType)elementType, shape);
    }
}
