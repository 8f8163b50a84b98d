using System.Text.Json;
using ChatAnalysis.Gateway.Configuration;
using ChatAnalysis.Gateway.Uploads;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Inspections;

/// <summary><c>POST /v1/inspect</c>: what an upload of these files would read. They are stored while that is found out, and nothing is kept.</summary>
internal static class InspectionEndpoint
{
    /// <summary>Maps the endpoint.</summary>
    public static void MapInspections(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/inspect", InspectAsync);

    private static async Task InspectAsync(
        HttpContext context,
        UploadOptions options,
        InspectionPlaces places,
        UploadReceiver receiver,
        IFileParserGrain parser,
        TimeProvider time)
    {
        var (request, problem) = InspectionRequest.Read(context.Request.Query);
        if (request is null)
        {
            await problem!.WriteAsync(context);
            return;
        }

        using var place = places.TryTake();
        if (place is null)
        {
            var backlog = new UploadRefusal(
                UploadRefusalKind.Backlog,
                $"As many inspections are under way as Upload:MaxInspections allows, {options.MaxInspections}: try again when one is done");
            await backlog.RefuseAsync(context);
            return;
        }

        // An upload's id, so that the owner sweeps what a killed gateway leaves: no row names it.
        var folder = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        try
        {
            var received = await receiver.ReceiveAsync(context, folder, context.RequestAborted);
            if (received.Refusal is { } refusal)
                await refusal.RefuseAsync(context);
            else
                await AnswerAsync(context, request, received.Files, parser);
        }
        finally
        {
            receiver.Discard(folder);
        }
    }

    /// <summary>Looks into one file after another, and sends what was found as it is found.</summary>
    private static async Task AnswerAsync(
        HttpContext context, InspectionRequest request, IReadOnlyList<UploadedFile> files, IFileParserGrain parser)
    {
        // Until the first is done, a failure can still be the answer.
        var inspection = await InspectAsync(files[0]);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, AnswerJson.WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("files");
        for (var i = 0; i < files.Count; i++)
        {
            if (i > 0)
                inspection = await TryInspectAsync(files[i]);
            JsonSerializer.Serialize(json, new InspectedFileAnswer(files[i].Name, inspection), AnswerJson.SerializerOptions);
            json.Flush();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);

        Task<FileInspection> InspectAsync(UploadedFile file) =>
            parser.InspectAsync(new FileInspectionRequest(file, request.Reading, request.Messages), context.RequestAborted);

        async Task<FileInspection> TryInspectAsync(UploadedFile file)
        {
            try
            {
                return await InspectAsync(file);
            }
            catch (UnavailableException exception)
            {
                var error = new FileError(FileErrorKind.Unreadable, $"it could not be inspected just now: {exception.Message}");
                return new FileInspection(null, error, []);
            }
#pragma warning disable CA1031 // The answer has begun, and the other files are still to be looked into; who failed has logged it.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                return new FileInspection(null, new FileError(FileErrorKind.Unreadable, "it could not be inspected; the log says more"), []);
            }
        }
    }
}
