using ChatAnalysis.Grains.FileParser.Bytes;
using Microsoft.Win32.SafeHandles;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Unpacked entries that must be read in any order, in files that have no name any more: nothing of them stays behind.</summary>
/// <param name="folder">The upload's own folder; null where nothing may be unpacked to disk.</param>
internal sealed class Spool(string? folder) : IDisposable
{
    private readonly List<FileStream> _files = [];
    private bool _disposed;

    /// <summary>Unpacks to a file.</summary>
    /// <param name="packed">What is unpacked; the caller closes it.</param>
    /// <returns>What it unpacked to, and where that ends: any number of threads may read it until the spool is disposed of.</returns>
    /// <exception cref="InvalidDataException">It cannot be unpacked.</exception>
    public (IByteSource Bytes, long Length) Add(IByteSource packed)
    {
        var file = Create();
        var buffer = new byte[128 * 1024];
        var length = 0L;
        while (packed.Read(buffer, length) is > 0 and var read)
        {
            RandomAccess.Write(file, buffer.AsSpan(0, read), length);
            length += read;
        }

        return (new SpooledBytes(file), length);
    }

    /// <summary>Closes the files, which are gone with that.</summary>
    public void Dispose()
    {
        lock (_files)
        {
            _disposed = true;
            _files.ForEach(file => file.Dispose());
            _files.Clear();
        }
    }

    private SafeFileHandle Create()
    {
        var path = Path.Combine(
            folder ?? throw new InvalidOperationException("There is no folder to unpack to"), $".unpacked-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
            options.Options = FileOptions.DeleteOnClose;
        else
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);

        // Without its name the file is gone once nobody holds it, whatever becomes of this process.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        lock (_files)
        {
            if (_disposed)
                file.Dispose();
            ObjectDisposedException.ThrowIf(_disposed, this);
            _files.Add(file);
        }

        return file.SafeFileHandle;
    }

    private sealed class SpooledBytes(SafeFileHandle file) : IByteSource
    {
        public int Read(Span<byte> destination, long offset) => RandomAccess.Read(file, destination, offset);
    }
}
