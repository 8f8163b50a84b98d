using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>The files of a folder, written one after another into one archive: uncompressed, so that it costs no more than they do.</summary>
internal sealed class FolderArchive : IAsyncDisposable
{
    // The earliest that an archive can say. The files' own times do not come over the network.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly FileStream _file;
    private readonly ZipArchive _zip;

    /// <summary>Begins an archive.</summary>
    /// <param name="file">Where it is written, and closed with it.</param>
    public FolderArchive(FileStream file)
    {
        _file = file;
        _zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Whether there is a file of this path already.</summary>
    public bool Has(string path) => _hashes.ContainsKey(path);

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="copyAsync">Writes the content.</param>
    /// <returns>What <paramref name="copyAsync"/> did; where that is null, the archive is of no use any more.</returns>
    public async Task<ReceivedContent?> AddAsync(string path, Func<Stream, Task<ReceivedContent?>> copyAsync)
    {
        var entry = _zip.CreateEntry(path, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        await using var target = await entry.OpenAsync(CancellationToken.None);
        var content = await copyAsync(target);
        if (content is not null)
            _hashes.Add(path, content.Sha256);
        return content;
    }

    /// <summary>Ends the archive, on the disk.</summary>
    /// <param name="storedAs">Where it lies.</param>
    /// <returns>
    /// It as an uploaded file. Its hash is over paths and contents, in the order of the paths: in which order they came does not matter.
    /// </returns>
    public async Task<UploadedFile> EndAsync(string storedAs)
    {
        await _zip.DisposeAsync();
        _file.Flush(flushToDisk: true);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, sha256) in _hashes)
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{sha256}\n"));
        var roots = _hashes.Keys.Select(FolderPath.RootOf).Distinct().Take(2).ToList();
        return new UploadedFile(
            roots is [var root] ? root : "folder", storedAs, _file.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Closes the file. One that has not ended is of no use, and is not ended by this.</summary>
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
