using ChatAnalysis.Gateway.Problems;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>The body of an upload was not taken, and nothing of it is kept.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Detail">What is wrong and what would be right, in a sentence for a person.</param>
/// <param name="File">The name of the file that it happened at, if at one.</param>
internal sealed record UploadRefusal(UploadRefusalKind Kind, string Detail, string? File = null)
{
    /// <summary>Answers a client that may still be sending.</summary>
    public async Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close"; // To be used again, it would have to be read to the body's end.
        if (Kind != UploadRefusalKind.ClientGone || !context.RequestAborted.IsCancellationRequested)
            await ToProblem().WriteAsync(context);
    }

    /// <summary>The answer to the client.</summary>
    public Problem ToProblem()
    {
        var status = Kind switch
        {
            UploadRefusalKind.NotMultipart => StatusCodes.Status415UnsupportedMediaType,
            UploadRefusalKind.Malformed or UploadRefusalKind.NoFile or UploadRefusalKind.ClientGone => StatusCodes.Status400BadRequest,
            UploadRefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            UploadRefusalKind.Backlog => StatusCodes.Status429TooManyRequests,
            UploadRefusalKind.DiskFull => StatusCodes.Status507InsufficientStorage,
            UploadRefusalKind.Stopping => StatusCodes.Status503ServiceUnavailable,
            _ => throw new InvalidOperationException($"No status for {Kind}"),
        };
        return File is null
            ? new Problem(status, Detail)
            : new Problem(status, Detail) { Members = new Dictionary<string, object?> { ["file"] = File } };
    }
}
