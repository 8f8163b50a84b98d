using Microsoft.Win32.SafeHandles;

namespace ChatAnalysis.Grains.FileParser.Bytes;

/// <summary>A file on disk, opened to be read once from front to back.</summary>
internal sealed class FileBytes : IByteSource, IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellationToken">Ends the reading, wherever it is.</param>
    /// <exception cref="IOException">It is missing, or cannot be opened.</exception>
    public FileBytes(string path, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
    }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public int Read(Span<byte> destination, long offset)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return RandomAccess.Read(_handle, destination, offset);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();
}
