using ChatAnalysis.Grains.FileParser.Bytes;
using Microsoft.Win32.SafeHandles;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Unpacked entries that must be read in any order, in files that have no name any more: nothing of them stays behind.</summary>
/// <param name="folder">The upload's own folder; null where nothing may be unpacked to disk.</param>
/// <param name="cancellationToken">Ends the reading of what was unpacked, wherever it is.</param>
internal sealed class Spool(string? folder, CancellationToken cancellationToken = default) : IDisposable
{
    private readonly List<FileStream> _files = [];
    private bool _disposed;

    /// <summary>Unpacks to a file.</summary>
    /// <param name="packed">What is unpacked; the caller closes it.</param>
    /// <returns>What it unpacked to, and where that ends: any number of threads may read it until the spool is disposed of.</returns>
    /// <exception cref="InvalidDataException">It cannot be unpacked, or there is no room for it.</exception>
    public (IByteSource Bytes, long Length) Add(IByteSource packed)
    {
        var file = Create();
        try
        {
            return (new SpooledBytes(file.SafeFileHandle, cancellationToken), Unpack(packed, file.SafeFileHandle));
        }
        catch
        {
            lock (_files)
                _files.Remove(file);
            file.Dispose();
            throw;
        }
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

    private static long Unpack(IByteSource packed, SafeFileHandle file)
    {
        var buffer = new byte[128 * 1024];
        var length = 0L;
        while (packed.Read(buffer, length) is > 0 and var read)
        {
            try
            {
                RandomAccess.Write(file, buffer.AsSpan(0, read), length);
            }
            catch (IOException full)
            {
                throw new InvalidDataException(
                    "it has to be unpacked to be read, and UPLOAD_DIR takes no more: make room there and send it again", full);
            }

            length += read;
        }

        return length;
    }

    private FileStream Create()
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

        return file;
    }

    private sealed class SpooledBytes(SafeFileHandle file, CancellationToken cancellationToken) : IByteSource
    {
        public int Read(Span<byte> destination, long offset)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return RandomAccess.Read(file, destination, offset);
        }
    }
}
