using System.Diagnostics;
using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>Takes the files of an upload, hands them to the owner, and answers with what was found in them.</summary>
internal static class PostUpload
{
    // The owner is asked again after this long; no call may outlive a wire's time-out.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Handles the request.</summary>
    public static async Task InvokeAsync(
        HttpContext context,
        UploadOptions options,
        UploadReceiver receiver,
        IVectorIndexGrain index,
        IHostApplicationLifetime lifetime,
        TimeProvider time)
    {
        var (request, problem) = UploadRequest.Read(context.Request, options);
        if (request is null)
        {
            await problem!.WriteAsync(context);
            return;
        }

        var pending = (await index.GetStatusAsync(context.RequestAborted)).PendingFiles;
        if (pending >= options.MaxPendingFiles)
        {
            var backlog = new UploadRefusal(
                UploadRefusalKind.Backlog,
                $"{pending} files wait to be read, and Upload:MaxPendingFiles allows {options.MaxPendingFiles}: try again when some are done");
            await backlog.RefuseAsync(context);
            return;
        }

        var uploadId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var received = await receiver.ReceiveAsync(context, uploadId, context.RequestAborted);
        if (received.Refusal is { } refusal)
        {
            await refusal.RefuseAsync(context);
            return;
        }

        // From here on the upload is the owner's: it goes on whether or not the client stays.
        var opening = new UploadOpening(uploadId, received.Files, request.Clusters, request.AllowDuplicates, Activity.Current?.Id)
        {
            Reading = request.Reading,
        };
        try
        {
            await index.OpenUploadAsync(opening, CancellationToken.None);
        }
        catch (UnavailableException exception)
        {
            // It may be recorded all the same, its answer lost: the files stay, and the owner sweeps them if it does not know them.
            await Unsure(uploadId, exception).WriteAsync(context);
            return;
        }
        catch (IOException exception)
        {
            receiver.Discard(uploadId);
            var notKept = new UploadRefusal(UploadRefusalKind.DiskFull, $"The upload was not kept. {exception.Message}");
            await notKept.ToProblem().WriteAsync(context);
            return;
        }

        try
        {
            await AnswerAsync(context, request, uploadId, index);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.Response.HasStarted)
        {
            await Later(uploadId, "The program is stopping; the upload is safe and goes on at the next start").WriteAsync(context);
        }
        catch (UnavailableException exception)
        {
            await Later(uploadId, $"The upload is safe and goes on, but its end cannot be told just now: {exception.Message}").WriteAsync(context);
        }
    }

    private static Problem Unsure(string uploadId, UnavailableException exception) => Later(
        uploadId,
        $"The program cannot tell just now whether the upload was recorded ({exception.Message}): ask for it in a while, "
        + "and send it again if it is not there; what was imported already is not imported twice");

    private static Problem Later(string uploadId, string detail) => Problem.Unavailable(detail) with
    {
        Location = LocationOf(uploadId),
        Members = new Dictionary<string, object?> { ["upload"] = uploadId },
    };

    private static async Task AnswerAsync(HttpContext context, UploadRequest request, string uploadId, IVectorIndexGrain index)
    {
        var patience = request.RespondAsync ? TimeSpan.Zero : Patience;
        var upload = await index.WaitForUploadAsync(uploadId, patience, context.RequestAborted);
        while (!request.RespondAsync && upload?.State is UploadState.Enqueued or UploadState.Processing)
            upload = await index.WaitForUploadAsync(uploadId, patience, context.RequestAborted);

        if (upload is null)
            await new Problem(StatusCodes.Status404NotFound, $"The upload {uploadId} was deleted").WriteAsync(context);
        else if (request.RespondAsync)
            await AcceptAsync(context, request, upload);
        else if (upload.State == UploadState.Failed)
            await Failed(upload).WriteAsync(context);
        else
            await UploadAnswer.WriteAsync(context.Response, upload);
    }

    private static Task AcceptAsync(HttpContext context, UploadRequest request, UploadStatus upload)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = LocationOf(upload.UploadId);
        if (request.Preferred)
            context.Response.Headers["Preference-Applied"] = "respond-async";
        return UploadAnswer.WriteStatusAsync(context.Response, upload);
    }

    private static Problem Failed(UploadStatus upload) =>
        new(StatusCodes.Status422UnprocessableEntity, upload.Files.Count == 1
            ? $"{upload.Files[0].Name} could not be read: {upload.Files[0].Error?.Detail}"
            : $"None of the {upload.Files.Count} files could be read")
        {
            Members = new Dictionary<string, object?>
            {
                ["upload"] = upload.UploadId,
                ["files"] = upload.Files.Select(file => new StoredFileAnswer(file)).ToArray(),
            },
        };

    private static string LocationOf(string uploadId) => $"/v1/uploads/{uploadId}";
}
