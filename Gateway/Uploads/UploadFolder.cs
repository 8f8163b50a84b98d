using System.Globalization;
using ChatAnalysis.Grains;
using ChatAnalysis.Silo.Configuration;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>The folder of one upload below UPLOAD_DIR: its files by number, so that no name from outside reaches the disk.</summary>
/// <param name="storage">Where uploads lie.</param>
/// <param name="uploadId">The upload.</param>
internal sealed class UploadFolder(StorageOptions storage, string uploadId)
{
    private readonly string _folder = Path.Combine(storage.UploadDirectory, uploadId);

    /// <summary>Where a file lies, relative to UPLOAD_DIR, with a slash on every system.</summary>
    public string StoredAs(int number) => string.Create(CultureInfo.InvariantCulture, $"{uploadId}/{number}");

    /// <summary>Creates the file of this number, and the folder with the first.</summary>
    public FileStream CreateFile(int number)
    {
        PrivateFolder.Create(_folder);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0, // What is written comes in large pieces already.
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(PathOf(number), options);
    }

    /// <summary>Makes the files last through a power cut: each is on the disk already, now its name is too.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Flush()
    {
        DirectoryFlush.Flush(_folder);
        DirectoryFlush.Flush(storage.UploadDirectory);
    }

    /// <summary>Deletes the file of this number, which can then be created again.</summary>
    public void DeleteFile(int number) => File.Delete(PathOf(number));

    /// <summary>Deletes the folder with what it holds.</summary>
    public void Delete()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(int number) => Path.Combine(_folder, number.ToString(CultureInfo.InvariantCulture));
}
