using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>The files of one upload while they come in: each is stored by itself, but those of a folder together, as an archive.</summary>
/// <param name="folder">Where they are stored.</param>
/// <param name="options">How many and how large they may be.</param>
/// <param name="reception">Told what is being done.</param>
internal sealed class ReceivedFiles(UploadFolder folder, UploadOptions options, Reception reception) : IAsyncDisposable
{
    private readonly List<UploadedFile?> _files = []; // Null is the archive's place while it is being written.
    private FolderArchive? _archive;
    private int _count;
    private long _total;

    /// <summary>Stores a file.</summary>
    /// <returns>Why the upload is refused; null where it is not.</returns>
    public async Task<UploadRefusal?> AddAsync(Stream body, string name, CancellationToken cancellationToken)
    {
        reception.File = name;
        if (_count == options.MaxFiles)
        {
            return new UploadRefusal(
                UploadRefusalKind.TooLarge, $"An upload takes at most {options.MaxFiles} files (setting Upload:MaxFiles)", name);
        }

        var isOfFolder = FolderPath.Is(name);
        if (isOfFolder && _archive?.Has(name) == true)
            return new UploadRefusal(UploadRefusalKind.Malformed, "Two files of the folder have this path: send each once", name);

        var mostBytes = Math.Min(options.MaxFileBytes, options.MaxTotalBytes - _total);
        var content = isOfFolder
            ? await AddToFolderAsync(body, name, mostBytes, cancellationToken)
            : await StoreAsync(body, name, mostBytes, cancellationToken);
        reception.Storing = false;
        if (content is null)
            return mostBytes == options.MaxFileBytes ? FileTooLarge(name) : options.TotalTooLarge(name);

        reception.File = null;
        _total += content.Size;
        return null;
    }

    /// <summary>Ends the reception: everything is on the disk, and stays there through a power cut.</summary>
    /// <returns>The files in the order they were sent, a folder in the place of its first; none where none was sent.</returns>
    public async Task<IReadOnlyList<UploadedFile>> EndAsync()
    {
        if (_files.Count == 0)
            return [];
        reception.Storing = true;
        if (_archive is not null)
        {
            var place = _files.IndexOf(null);
            _files[place] = await _archive.EndAsync(folder.StoredAs(place));
        }

        folder.Flush();
        return [.. _files.Select(file => file!)];
    }

    /// <summary>Closes what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_archive is not null)
            await _archive.DisposeAsync();
    }

    private async Task<ReceivedContent?> AddToFolderAsync(Stream body, string path, long mostBytes, CancellationToken cancellationToken)
    {
        reception.Storing = true;
        if (_archive is null)
        {
            _archive = new FolderArchive(folder.CreateFile(_files.Count));
            _files.Add(null);
        }

        _count++;
        return await _archive.AddAsync(path, target => reception.CopyAsync(body, target, mostBytes, cancellationToken));
    }

    private async Task<ReceivedContent?> StoreAsync(Stream body, string name, long mostBytes, CancellationToken cancellationToken)
    {
        reception.Storing = true;
        var number = _files.Count;
        await using (var target = folder.CreateFile(number))
        {
            if (await reception.CopyAsync(body, target, mostBytes, cancellationToken) is not { } content)
                return null;

            // A browser's form sends a nameless, empty part where the person chose no file.
            if (name.Length > 0 || content.Size > 0)
            {
                // The owner's rows will name this file: it must outlive a power cut as they do.
                target.Flush(flushToDisk: true);
                _files.Add(new UploadedFile(name, folder.StoredAs(number), content.Size, content.Sha256));
                _count++;
                return content;
            }
        }

        folder.DeleteFile(number);
        return new ReceivedContent(0, "");
    }

    private UploadRefusal FileTooLarge(string file) => new(
        UploadRefusalKind.TooLarge, $"A file takes at most {options.MaxFileBytes} bytes (setting Upload:MaxFileBytes)", file);
}
