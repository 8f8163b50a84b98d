using ChatAnalysis.Grains;
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
            return new ReceivedUpload([], options.TotalTooLarge(null));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = largestBody;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = SlowestClient;

        var reception = new Reception();
        try
        {
            var parts = new MultipartReader(boundary, context.Request.Body, Reception.BufferBytes);
            return await ReadPartsAsync(parts, folder, reception, cancellationToken);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ReceivedUpload.Refused(UploadRefusalKind.Stopping, "The program is stopping: send the files again", reception.File);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new ReceivedUpload([], options.TotalTooLarge(reception.File));
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
        await using var files = new ReceivedFiles(folder, options, reception);
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
            if (await files.AddAsync(part.Body, name, cancellationToken) is { } refusal)
                return new ReceivedUpload([], refusal);
        }

        var received = await files.EndAsync();
        return received.Count > 0
            ? new ReceivedUpload(received)
            : ReceivedUpload.Refused(UploadRefusalKind.NoFile, $"There is no file in the field '{Field}'");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The refused upload {UploadId} could not be deleted")]
    private partial void LogNotDiscarded(string uploadId, Exception exception);
}
