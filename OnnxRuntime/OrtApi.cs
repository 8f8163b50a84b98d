namespace ChatAnalysis.OnnxRuntime;

/// <summary>
/// The functions used of ONNX Runtime's C API. They stand in a table whose order never changes (struct OrtApi of
/// onnxruntime_c_api.h only ever grows at its end), so a function is its place in the table. All are of version 11 or older.
/// </summary>
/// <param name="table">What OrtApiBase::GetApi returned.</param>
/// <remarks>
/// Objects are pointers without a type here. Whatever returns a status returns null where all is well. Paths are UTF-8,
/// as they are everywhere but on Windows.
/// </remarks>
internal readonly unsafe struct OrtApi(nint* table)
{
    /// <summary>The version asked for; a library of this or any later version gives the same table.</summary>
    public const uint Version = 16;

    public const int LoggingLevelError = 3;
    public const int GraphOptimizationAll = 99;
    public const int ArenaAllocator = 1;
    public const int MemoryTypeDefault = 0;

    public delegate* unmanaged<nint, int> GetErrorCode => (delegate* unmanaged<nint, int>)table[1];

    public delegate* unmanaged<nint, byte*> GetErrorMessage => (delegate* unmanaged<nint, byte*>)table[2];

    /// <summary>(logging level, log id, out environment)</summary>
    public delegate* unmanaged<int, byte*, nint*, nint> CreateEnv => (delegate* unmanaged<int, byte*, nint*, nint>)table[3];

    /// <summary>(environment, path, options, out session)</summary>
    public delegate* unmanaged<nint, byte*, nint, nint*, nint> CreateSession =>
        (delegate* unmanaged<nint, byte*, nint, nint*, nint>)table[7];

    /// <summary>(session, run options, input names, inputs, their number, output names, their number, in and out outputs)</summary>
    public delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run =>
        (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)table[9];

    public delegate* unmanaged<nint*, nint> CreateSessionOptions => (delegate* unmanaged<nint*, nint>)table[10];

    public delegate* unmanaged<nint, int, nint> SetSessionGraphOptimizationLevel => (delegate* unmanaged<nint, int, nint>)table[23];

    public delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads => (delegate* unmanaged<nint, int, nint>)table[24];

    public delegate* unmanaged<nint, nuint*, nint> SessionGetInputCount => (delegate* unmanaged<nint, nuint*, nint>)table[30];

    public delegate* unmanaged<nint, nuint*, nint> SessionGetOutputCount => (delegate* unmanaged<nint, nuint*, nint>)table[31];

    /// <summary>(session, index, out type; to be released)</summary>
    public delegate* unmanaged<nint, nuint, nint*, nint> SessionGetInputTypeInfo =>
        (delegate* unmanaged<nint, nuint, nint*, nint>)table[33];

    /// <summary>(session, index, out type; to be released)</summary>
    public delegate* unmanaged<nint, nuint, nint*, nint> SessionGetOutputTypeInfo =>
        (delegate* unmanaged<nint, nuint, nint*, nint>)table[34];

    /// <summary>(session, index, allocator, out name; to be freed by the allocator)</summary>
    public delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetInputName =>
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)table[36];

    /// <summary>(session, index, allocator, out name; to be freed by the allocator)</summary>
    public delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetOutputName =>
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)table[37];

    /// <summary>(memory info, data, bytes, shape, its length, element type, out value); the data stays the caller's</summary>
    public delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue =>
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)table[49];

    /// <summary>(type, out tensor's type and shape, a view that is not released; null where it is no tensor)</summary>
    public delegate* unmanaged<nint, nint*, nint> CastTypeInfoToTensorInfo => (delegate* unmanaged<nint, nint*, nint>)table[55];

    public delegate* unmanaged<nint, int*, nint> GetTensorElementType => (delegate* unmanaged<nint, int*, nint>)table[60];

    public delegate* unmanaged<nint, nuint*, nint> GetDimensionsCount => (delegate* unmanaged<nint, nuint*, nint>)table[61];

    /// <summary>(tensor's type and shape, out dimensions, their number); -1 where a dimension is left open</summary>
    public delegate* unmanaged<nint, long*, nuint, nint> GetDimensions => (delegate* unmanaged<nint, long*, nuint, nint>)table[62];

    /// <summary>(allocator type, memory type, out memory info)</summary>
    public delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo => (delegate* unmanaged<int, int, nint*, nint>)table[69];

    public delegate* unmanaged<nint, void*, nint> AllocatorFree => (delegate* unmanaged<nint, void*, nint>)table[76];

    public delegate* unmanaged<nint*, nint> GetAllocatorWithDefaultOptions => (delegate* unmanaged<nint*, nint>)table[78];

    public delegate* unmanaged<nint, void> ReleaseEnv => (delegate* unmanaged<nint, void>)table[92];

    public delegate* unmanaged<nint, void> ReleaseStatus => (delegate* unmanaged<nint, void>)table[93];

    public delegate* unmanaged<nint, void> ReleaseMemoryInfo => (delegate* unmanaged<nint, void>)table[94];

    public delegate* unmanaged<nint, void> ReleaseSession => (delegate* unmanaged<nint, void>)table[95];

    public delegate* unmanaged<nint, void> ReleaseValue => (delegate* unmanaged<nint, void>)table[96];

    public delegate* unmanaged<nint, void> ReleaseTypeInfo => (delegate* unmanaged<nint, void>)table[98];

    public delegate* unmanaged<nint, void> ReleaseSessionOptions => (delegate* unmanaged<nint, void>)table[100];

    /// <summary>(session options, CUDA options)</summary>
    public delegate* unmanaged<nint, nint, nint> SessionOptionsAppendExecutionProviderCudaV2 =>
        (delegate* unmanaged<nint, nint, nint>)table[204];

    public delegate* unmanaged<nint*, nint> CreateCudaProviderOptions => (delegate* unmanaged<nint*, nint>)table[205];

    /// <summary>(CUDA options, keys, values, their number)</summary>
    public delegate* unmanaged<nint, byte**, byte**, nuint, nint> UpdateCudaProviderOptions =>
        (delegate* unmanaged<nint, byte**, byte**, nuint, nint>)table[206];

    public delegate* unmanaged<nint, void> ReleaseCudaProviderOptions => (delegate* unmanaged<nint, void>)table[208];
}

/// <summary>What the library's one exported function, OrtGetApiBase, points to.</summary>
internal readonly unsafe struct OrtApiBase
{
    /// <summary>(version) gives the table, or null where the library is older.</summary>
    public readonly delegate* unmanaged<uint, nint*> GetApi;

    public readonly delegate* unmanaged<byte*> GetVersionString;
}
