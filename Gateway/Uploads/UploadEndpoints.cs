using System.Globalization;
using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>The prototype's <c>POST /upload</c>, and <c>/v1/uploads</c>: send, ask, list, delete.</summary>
internal static class UploadEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/upload", PostUpload.InvokeAsync);
        routes.MapPost("/v1/uploads", PostUpload.InvokeAsync);
        routes.MapGet("/v1/uploads", ListAsync);
        routes.MapGet("/v1/uploads/{id}", GetAsync);
        routes.MapDelete("/v1/uploads/{id}", DeleteAsync);
    }

    private static async Task GetAsync(HttpContext context, string id, IVectorIndexGrain index)
    {
        if (await index.WaitForUploadAsync(id, TimeSpan.Zero, context.RequestAborted) is { } upload)
            await UploadAnswer.WriteStatusAsync(context.Response, upload);
        else
            await NoSuchUpload(id).WriteAsync(context);
    }

    private static async Task DeleteAsync(HttpContext context, string id, IVectorIndexGrain index)
    {
        if (await index.DeleteUploadAsync(id, context.RequestAborted))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await NoSuchUpload(id).WriteAsync(context);
    }

    private static async Task ListAsync(HttpContext context, IVectorIndexGrain index)
    {
        const int most = 1000;
        var limit = 100;
        if (context.Request.Query.TryGetValue("limit", out var wanted)
            && (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > most))
        {
            await Problem.BadRequest($"limit must be a whole number from 1 to {most}").WriteAsync(context);
            return;
        }

        // Ids sort by time: what comes after a page is what is before its last upload.
        string? before = context.Request.Query["before"];
        var uploads = index.ListUploadsAsync(context.RequestAborted)
            .Where(upload => before is null || string.CompareOrdinal(upload.UploadId, before) < 0)
            .Take(limit)
            .Select(upload => new ListedUpload(
                upload.UploadId, UploadAnswer.WordOf(upload.State), upload.CreatedAt, upload.Files, upload.Messages));
        var listed = new ListedUploads(await uploads.ToListAsync(context.RequestAborted));
        await context.Response.WriteAsJsonAsync(listed, context.RequestAborted);
    }

    private static Problem NoSuchUpload(string id) => new(StatusCodes.Status404NotFound, $"There is no upload {id}");

    private sealed record ListedUploads(IReadOnlyList<ListedUpload> Uploads);

    private sealed record ListedUpload(string Upload, string Status, DateTimeOffset CreatedAt, int Files, long Messages);
}
