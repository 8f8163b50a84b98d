using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Grains;

/// <summary>Makes new and renamed files last through a power cut. .NET cannot open a directory, so this asks the C library.</summary>
public static partial class DirectoryFlush
{
    private const int CloseOnExec = 0x80000;

    /// <summary>Flushes a directory's entries to the disk. Only Linux needs it.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string directory)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Open(directory, CloseOnExec);
        if (descriptor < 0)
            throw Failure(directory);
        try
        {
            if (Sync(descriptor) != 0)
                throw Failure(directory);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string directory) =>
        new($"{directory} could not be flushed to the disk: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
