using System.Buffers;
using System.Security.Cryptography;
using ChatAnalysis.Grains;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>Receives uploads: each file goes from the network to the disk, hashed on the way, and is never held in memory.</summary>
internal sealed partial class UploadReceiver(
    StorageOptions storage, UploadOptions options, IHostApplicationLifetime lifetime, ILogger<UploadReceiver> logger)
{
    private const string Field = "files";
    private const int BufferBytes = 128 << 10;

    // A part's headers and delimiters, generously: what the body may be larger than the files in it.
    private const int OverheadBytesPerPart = 32 << 10;

    // A person on a poor line may send nothing for a while; a connection that is dead must end all the same.
    private static readonly MinDataRate SlowestClient = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromMinutes(1));

    /// <summary>Stores the request's files in the upload's folder, synced to the disk. Of a refused upload nothing is left.</summary>
    public async Task<ReceivedUpload> ReceiveAsync(HttpContext context, string uploadId, CancellationToken cancellationToken)
    {
        var folder = new UploadFolder(storage, uploadId);
        var kept = false;
        try
        {
            var received = await ReceiveAsync(context, folder, cancellationToken);
            kept = received.Refusal is null;
            return received;
        }
        finally
        {
            if (!kept)
                Discard(uploadId);
        }
    }

    /// <summary>Deletes what was received of an upload that is not taken.</summary>
    public void Discard(string uploadId)
    {
        try
        {
            new UploadFolder(storage, uploadId).Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The owner sweeps what no row names.
            LogNotDiscarded(uploadId, exception);
        }
    }

    private async Task<ReceivedUpload> ReceiveAsync(HttpContext context, UploadFolder folder, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return ReceivedUpload.Refused(
                UploadRefusalKind.NotMultipart, $"Send the files as multipart/form-data in the field '{Field}'");
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 200)
            return ReceivedUpload.Refused(UploadRefusalKind.Malformed, "The Content-Type has no usable boundary");

        var largestBody = options.MaxTotalBytes + ((long)options.MaxFiles * OverheadBytesPerPart);
        if (context.Request.ContentLength > largestBody)
            return TotalTooLarge(null);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = largestBody;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = SlowestClient;

        var reception = new Reception();
        try
        {
            var parts = new MultipartReader(boundary, context.Request.Body, BufferBytes);
            return await ReadPartsAsync(parts, folder, reception, cancellationToken);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ReceivedUpload.Refused(UploadRefusalKind.Stopping, "The program is stopping: send the files again", reception.File);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TotalTooLarge(reception.File);
        }
        catch (Exception exception) when (!reception.Storing && exception is BadHttpRequestException or OperationCanceledException)
        {
            return ReceivedUpload.Refused(UploadRefusalKind.ClientGone, "The body ended before it was complete", reception.File);
        }
        catch (Exception exception) when (!reception.Storing && exception is IOException or InvalidDataException)
        {
            return ReceivedUpload.Refused(
                UploadRefusalKind.Malformed, $"The body is not valid multipart/form-data: {exception.Message}", reception.File);
        }
        catch (IOException exception) when (DiskFull.Is(exception))
        {
            return ReceivedUpload.Refused(UploadRefusalKind.DiskFull, "The disk is full: the upload was not kept", reception.File);
        }
    }

    private async Task<ReceivedUpload> ReadPartsAsync(
        MultipartReader reader, UploadFolder folder, Reception reception, CancellationToken cancellationToken)
    {
        var files = new List<UploadedFile>();
        var total = 0L;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (string.IsNullOrEmpty(part.ContentDisposition))
                continue;
            // It may be a file's: to pass over it would lose the file without a word.
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
                return ReceivedUpload.Refused(
                    UploadRefusalKind.Malformed, "A part's Content-Disposition cannot be read; write a \" in a name as %22 or \\\"");
            if (HeaderUtilities.RemoveQuotes(disposition.Name) != Field || UploadedFileName.Of(disposition) is not { } name)
                continue;

            reception.File = name;
            if (files.Count == options.MaxFiles)
                return ReceivedUpload.Refused(
                    UploadRefusalKind.TooLarge, $"An upload takes at most {options.MaxFiles} files (setting Upload:MaxFiles)", name);

            var mostBytes = Math.Min(options.MaxFileBytes, options.MaxTotalBytes - total);
            var file = await StoreAsync(part.Body, name, folder, files.Count, mostBytes, reception, cancellationToken);
            if (file is null)
                return mostBytes == options.MaxFileBytes ? FileTooLarge(name) : TotalTooLarge(name);

            reception.File = null;
            // A browser's form sends a nameless, empty part where the person chose no file.
            if (name.Length == 0 && file.Size == 0)
            {
                folder.DeleteFile(files.Count);
                continue;
            }

            files.Add(file);
            total += file.Size;
        }

        if (files.Count == 0)
            return ReceivedUpload.Refused(UploadRefusalKind.NoFile, $"There is no file in the field '{Field}'");
        reception.Storing = true;
        folder.Flush();
        return new ReceivedUpload(files);
    }

    /// <returns>The file, or null where it has more than <paramref name="mostBytes"/>.</returns>
    private static async Task<UploadedFile?> StoreAsync(
        Stream body, string name, UploadFolder folder, int number, long mostBytes, Reception reception, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            reception.Storing = true;
            await using var target = folder.CreateFile(number);
            var size = 0L;
            while (true)
            {
                reception.Storing = false;
                var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
                reception.Storing = true;
                if (count == 0)
                    break;
                size += count;
                if (size > mostBytes)
                    return null;
                hash.AppendData(buffer, 0, count);
                await target.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            }

            // The owner's rows will name this file: it must outlive a power cut as they do.
            target.Flush(flushToDisk: true);
            reception.Storing = false;
            return new UploadedFile(name, folder.StoredAs(number), size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ReceivedUpload FileTooLarge(string file) => ReceivedUpload.Refused(
        UploadRefusalKind.TooLarge, $"A file takes at most {options.MaxFileBytes} bytes (setting Upload:MaxFileBytes)", file);

    private ReceivedUpload TotalTooLarge(string? file) => ReceivedUpload.Refused(
        UploadRefusalKind.TooLarge,
        $"The files of an upload take at most {options.MaxTotalBytes} bytes (setting Upload:MaxTotalBytes)",
        file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The refused upload {UploadId} could not be deleted")]
    private partial void LogNotDiscarded(string uploadId, Exception exception);

    /// <summary>How far the reception is, for the message where it fails.</summary>
    private sealed class Reception
    {
        /// <summary>The file that is being received.</summary>
        public string? File { get; set; }

        /// <summary>Whether the disk is at work, and not the network.</summary>
        public bool Storing { get; set; }
    }
}
