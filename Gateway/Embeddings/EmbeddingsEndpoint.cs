using System.Text.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Embeddings;

/// <summary><c>POST /v1/embeddings</c> as OpenAI has it, so that existing clients can point here.</summary>
internal static class EmbeddingsEndpoint
{
    /// <summary>Maps the endpoint.</summary>
    public static void MapEmbeddings(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/embeddings", EmbedAsync);

    private static async Task EmbedAsync(HttpContext context, IEmbeddingGrain embedding)
    {
        var (request, error) = await ReadAsync(context);
        if (request is not null)
            error = Check(request, await embedding.GetModelAsync(context.RequestAborted));
        if (error is not null)
        {
            await error.WriteAsync(context);
            return;
        }

        // A single text is most often what a person asks for; many are a bulk that must not hold such a text up.
        var texts = new EmbeddingRequest(request!.Texts, Interactive: request.Texts.Count == 1);
        var result = await embedding.EmbedAsync(texts, context.RequestAborted);
        await EmbeddingsAnswer.WriteAsync(context.Response, result, request.Base64);
    }

    private static async Task<(EmbeddingsRequest? Request, OpenAiError? Error)> ReadAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return EmbeddingsRequest.Read(body.RootElement);
        }
        catch (InvalidOperationException)
        {
            // What is compared with a member's name or a word is unescaped for it.
            return (null, new OpenAiError(
                StatusCodes.Status400BadRequest, "The body must be valid Unicode: it has half of a surrogate pair", null));
        }
        catch (JsonException exception)
        {
            var place = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
            return (null, new OpenAiError(StatusCodes.Status400BadRequest, $"The body is not JSON: {place}", null));
        }
        catch (BadHttpRequestException exception)
        {
            return (null, new OpenAiError(exception.StatusCode, exception.Message, null));
        }
    }

    private static OpenAiError? Check(EmbeddingsRequest request, EmbeddingModel model)
    {
        if (request.Model is not null && request.Model != model.Id.Name && request.Model != model.Id.ToString())
            return new OpenAiError(
                StatusCodes.Status404NotFound,
                $"The model '{request.Model}' is not here; '{model.Id.Name}' is",
                "model",
                "model_not_found");
        if (request.Dimensions is { } dimensions && dimensions != model.Dimension)
            return new OpenAiError(
                StatusCodes.Status400BadRequest, $"The vectors of {model.Id.Name} have {model.Dimension} dimensions", "dimensions");
        return null;
    }
}
