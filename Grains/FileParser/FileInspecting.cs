using ChatAnalysis.Grains.FileParser.Archives;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>Looks into a stored file: the survey of an import, and the first messages.</summary>
/// <param name="storage">Where uploaded files lie.</param>
/// <param name="options">How files are read.</param>
/// <param name="time">The clock by which it is seen whether the file is still wanted.</param>
internal sealed class FileInspecting(StorageOptions storage, ParsingOptions options, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Looks into it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<FileInspection> InspectAsync(FileInspectionRequest request, CancellationToken cancellationToken)
    {
        var path = Path.Combine(storage.UploadDirectory, request.File.StoredAs);

        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var bytes = new FileBytes(path, work.Token);

            // Whoever asked deletes the file at the end, or when its own client has gone: then nobody waits for the answer.
            await using var watch = time.CreateTimer(_ => CancelWithout(path, work), null, Period, Period);

            // Reading a file blocks: the caller is not made to wait for it.
            return await Task.Run(() => Inspect(request, bytes, work.Token), work.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unreadable("the stored file was deleted while it was being inspected");
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unreadable("the stored file is gone");
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return Unreadable("the stored file could not be read back");
        }
    }

    private FileInspection Inspect(FileInspectionRequest request, FileBytes bytes, CancellationToken cancellationToken)
    {
        using var spool = new Spool(Path.GetDirectoryName(Path.Combine(storage.UploadDirectory, request.File.StoredAs)), cancellationToken);
        var file = new ChatFile([new UploadFile(bytes, request.File.Size, request.File.Name)], options, request.Reading) { Spool = spool, Workers = 1 };
        var survey = file.Survey();
        return survey.Error is { } error
            ? new FileInspection(null, error, [])
            : new FileInspection(survey.Report, null, [.. ChatFile.Read(survey, 0).Take(request.Messages).Select(MessagePreview.Of)]);
    }

    private static void CancelWithout(string path, CancellationTokenSource work)
    {
        if (!File.Exists(path))
            work.Cancel();
    }

    private static FileInspection Unreadable(string detail) => new(null, new FileError(FileErrorKind.Unreadable, detail), []);
}
