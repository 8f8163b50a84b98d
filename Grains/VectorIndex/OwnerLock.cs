using System.Globalization;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The operating system's lock on index.lock: whoever holds it is the one owner of the data directory.</summary>
/// <remarks>
/// The kernel frees it the moment the holder dies, so there is no such thing as a stale lock. The holder writes who it is
/// beside it, to index.owner, as the locked file itself cannot be opened by others.
/// </remarks>
internal sealed class OwnerLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _ownerPath;

    private OwnerLock(FileStream @lock, string ownerPath, string owner)
    {
        _lock = @lock;
        _ownerPath = ownerPath;
        Owner = owner;
    }

    /// <summary>Who holds it: host and process id.</summary>
    public string Owner { get; }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="DataDirectoryHeldException">Another process has it.</exception>
    public static OwnerLock Take(string dataDirectory, TimeProvider time)
    {
        var ownerPath = Path.Combine(dataDirectory, "index.owner");
        FileStream file;
        try
        {
            file = PrivateFile.Open(Path.Combine(dataDirectory, "index.lock"), FileMode.OpenOrCreate);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataDirectoryHeldException(dataDirectory, "another user", e);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DataDirectoryHeldException(dataDirectory, ReadHolder(ownerPath), e);
        }

        try
        {
            var owner = $"{Environment.MachineName}, process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";

            // Moved into place: whoever reads who holds the lock just now would keep the file from being written.
            var written = ownerPath + ".new";
            PrivateFile.Create(written);
            File.WriteAllText(written, $"{owner}, since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z\n");
            File.Move(written, ownerPath, overwrite: true);
            return new OwnerLock(file, ownerPath, owner);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        File.Delete(_ownerPath);
        _lock.Dispose();
    }

    private static string ReadHolder(string ownerPath)
    {
        try
        {
            return File.ReadAllText(ownerPath).Trim() is { Length: > 0 } holder ? holder : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
