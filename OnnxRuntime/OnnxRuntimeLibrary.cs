using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ChatAnalysis.OnnxRuntime;

/// <summary>A loaded ONNX Runtime: its functions and its environment. Loaded once a file, and kept until the process ends.</summary>
public sealed unsafe class OnnxRuntimeLibrary
{
    private static readonly ConcurrentDictionary<string, Lazy<OnnxRuntimeLibrary>> Loaded = new();

    private OnnxRuntimeLibrary(string path)
    {
        Path = path;
        var apiBase = (OrtApiBase*)((delegate* unmanaged<nint>)Find(path))();
        Version = Marshal.PtrToStringUTF8((nint)apiBase->GetVersionString()) ?? "";
        var table = apiBase->GetApi(OrtApi.Version);
        if (table is null)
            throw new OnnxRuntimeException(0, $"{path} is ONNX Runtime {Version}; 1.{OrtApi.Version} or later is needed");
        Api = new OrtApi(table);

        nint value;
        fixed (byte* name = "chatanalysis"u8)
            Check(Api.CreateEnv(OrtApi.LoggingLevelError, name, &value));
        Environment = new OrtHandle(value, Api.ReleaseEnv);
        Check(Api.CreateCpuMemoryInfo(OrtApi.ArenaAllocator, OrtApi.MemoryTypeDefault, &value));
        CpuMemory = new OrtHandle(value, Api.ReleaseMemoryInfo);
    }

    /// <summary>The library that the build puts beside the program.</summary>
    public static string DefaultPath { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "libonnxruntime.so.1");

    /// <summary>The file it was loaded from.</summary>
    public string Path { get; }

    /// <summary>Such as 1.30.0.</summary>
    public string Version { get; }

    internal OrtApi Api { get; }

    internal OrtHandle Environment { get; }

    internal OrtHandle CpuMemory { get; }

    /// <summary>Loads a library, or gives the one that was loaded from there before.</summary>
    /// <param name="path">Its file; null for <see cref="DefaultPath"/>.</param>
    /// <exception cref="OnnxRuntimeException">The file is missing, is not ONNX Runtime, or is too old a one.</exception>
    public static OnnxRuntimeLibrary Load(string? path = null)
    {
        path = System.IO.Path.GetFullPath(path ?? DefaultPath);
        try
        {
            return Loaded.GetOrAdd(path, p => new Lazy<OnnxRuntimeLibrary>(() => new OnnxRuntimeLibrary(p))).Value;
        }
        catch (OnnxRuntimeException)
        {
            Loaded.TryRemove(path, out _);
            throw;
        }
    }

    /// <summary>Turns a status into an exception, and gives it back.</summary>
    /// <exception cref="OnnxRuntimeException">The status says that the call failed.</exception>
    internal void Check(nint status)
    {
        if (status == 0)
            return;
        var failure = new OnnxRuntimeException(
            Api.GetErrorCode(status), Marshal.PtrToStringUTF8((nint)Api.GetErrorMessage(status)) ?? "no message");
        Api.ReleaseStatus(status);
        throw failure;
    }

    private static nint Find(string path)
    {
        try
        {
            return NativeLibrary.GetExport(NativeLibrary.Load(path), "OrtGetApiBase");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new OnnxRuntimeException(0, $"ONNX Runtime cannot be loaded from {path}: {e.Message}", e);
        }
    }
}
