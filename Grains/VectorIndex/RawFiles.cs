using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The uploaded files as they were received: removed with their upload's end, and swept where nobody knows them.</summary>
/// <remarks>An upload's files lie in a folder of UPLOAD_DIR that is named after it: 32 lower-case hexadecimal digits.</remarks>
internal sealed partial class RawFiles(StorageOptions storage, VectorIndexOptions options, TimeProvider time, ILogger<RawFiles> logger)
{
    private readonly string _root = Path.GetFullPath(storage.UploadDirectory);

    /// <summary>Whether nobody but this program writes here, so that an unknown folder belongs to no upload on its way.</summary>
    public bool Own { get; } = IsInside(Path.GetFullPath(storage.DataDirectory), Path.GetFullPath(storage.UploadDirectory));

    /// <summary>Removes an upload's files, its folder with whatever else is there, and other folders that this leaves empty.</summary>
    public void Delete(string uploadId, IEnumerable<string> storedAs)
    {
        if (IsUploadId(uploadId))
            DeleteFolder(Path.Combine(_root, uploadId));
        foreach (var name in storedAs)
        {
            var path = Path.GetFullPath(name, _root);
            if (!IsInside(_root, path))
                continue;
            try
            {
                File.Delete(path);
                var folder = Path.GetDirectoryName(path)!;
                if (folder != _root && !Directory.EnumerateFileSystemEntries(folder).Any())
                    Directory.Delete(folder);
            }
            catch (DirectoryNotFoundException)
            {
                // Gone already.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotDeleted(e, path);
            }
        }
    }

    /// <summary>Removes the folders that no upload needs.</summary>
    /// <param name="find">The state of an upload; null where it is unknown.</param>
    /// <param name="nobodyReceives">Whether no upload can be on its way just now.</param>
    public void Sweep(Func<string, UploadState?> find, bool nobodyReceives)
    {
        if (!Directory.Exists(_root))
            return;
        foreach (var folder in new DirectoryInfo(_root).EnumerateDirectories().Where(f => IsUploadId(f.Name)).ToList())
        {
            try
            {
                var needed = find(folder.Name) switch
                {
                    UploadState.Enqueued or UploadState.Processing => true,
                    UploadState.Succeeded or UploadState.Failed => options.KeepUploads,
                    _ => !nobodyReceives && time.GetUtcNow() - LastWritten(folder) < options.UnknownUploadsKept,
                };
                if (needed)
                    continue;
                folder.Delete(recursive: true);
                LogSwept(folder.Name);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotDeleted(e, folder.FullName);
            }
        }
    }

    private void DeleteFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already, or never there.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(e, folder);
        }
    }

    /// <summary>When something was last written there: a folder's own time is that of its last new file, which may be long in coming.</summary>
    private static DateTime LastWritten(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.LastWriteTimeUtc).Append(folder.LastWriteTimeUtc).Max();

    private static bool IsUploadId(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);

    private static bool IsInside(string folder, string path) => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Folder} from the upload directory: no upload needs it")]
    private partial void LogSwept(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not remove {Path}")]
    private partial void LogNotDeleted(Exception exception, string path);
}
