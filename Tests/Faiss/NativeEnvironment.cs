using System.Runtime.InteropServices;

namespace ChatAnalysis.Tests.Faiss;

/// <summary>The environment as native libraries see it, which on Linux is not .NET's copy.</summary>
internal static partial class NativeEnvironment
{
    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Get(string name);
}
