using System.Runtime.InteropServices;

namespace ChatAnalysis.Faiss;

/// <summary>The functions of native/shim.cpp, and the one check of what they return.</summary>
internal static unsafe partial class FaissNative
{
    private const string Library = "chatanalysis_faiss";

    // OpenMP's threads would otherwise spin between two calls and take the cores from .NET's. It reads the C library's
    // environment when it is loaded, which .NET's own SetEnvironmentVariable does not reach; a user's setting stays.
    static FaissNative() => _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport(Library, EntryPoint = "cfaiss_last_error")]
    private static partial nint LastError();

    [LibraryImport(Library, EntryPoint = "cfaiss_create")]
    public static partial int Create(int dimension, out FaissIndexHandle created);

    [LibraryImport(Library, EntryPoint = "cfaiss_read", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Read(string path, out FaissIndexHandle read);

    [LibraryImport(Library, EntryPoint = "cfaiss_write", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Write(FaissIndexHandle index, string path);

    [LibraryImport(Library, EntryPoint = "cfaiss_free")]
    public static partial void Free(nint index);

    [LibraryImport(Library, EntryPoint = "cfaiss_describe")]
    public static partial int Describe(FaissIndexHandle index, out int dimension, out long count);

    [LibraryImport(Library, EntryPoint = "cfaiss_search")]
    public static partial int Search(FaissIndexHandle index, long queries, float* x, long k, float* scores, long* ids);

    [LibraryImport(Library, EntryPoint = "cfaiss_contents")]
    public static partial int Contents(FaissIndexHandle index, out long* ids, out ushort* vectors);

    [LibraryImport(Library, EntryPoint = "cfaiss_positions")]
    public static partial int Positions(FaissIndexHandle index, long count, long* ids, long* positions);

    [LibraryImport(Library, EntryPoint = "cfaiss_upsert")]
    public static partial int Upsert(FaissIndexHandle index, long count, long* ids, Half* vectors);

    [LibraryImport(Library, EntryPoint = "cfaiss_remove")]
    public static partial int Remove(FaissIndexHandle index, long count, long* ids);

    /// <summary>Turns a failure into an exception. The text belongs to the thread that made the call.</summary>
    public static void Check(int code)
    {
        if (code != 0)
            throw new FaissException(Marshal.PtrToStringUTF8(LastError()) ?? "FAISS failed without a reason");
    }
}
