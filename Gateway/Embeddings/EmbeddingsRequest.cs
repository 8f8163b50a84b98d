using System.Text.Json;

namespace ChatAnalysis.Gateway.Embeddings;

/// <summary>A request in the form of OpenAI's <c>POST /v1/embeddings</c>.</summary>
/// <param name="Texts">The texts to embed, none of them empty.</param>
/// <param name="Model">The model asked for; null where the request names none.</param>
/// <param name="Base64">Whether vectors are wanted as base64 of little-endian float32, and not as numbers.</param>
/// <param name="Dimensions">The length of vectors asked for; null where the request names none.</param>
internal sealed record EmbeddingsRequest(IReadOnlyList<string> Texts, string? Model, bool Base64, int? Dimensions)
{
    /// <summary>The most texts of one request, as at OpenAI.</summary>
    public const int MaxTexts = 2048;

    /// <summary>Reads the body's object. Members that mean nothing here, such as <c>user</c>, are passed over.</summary>
    /// <returns>The request, or what is wrong with it.</returns>
    public static (EmbeddingsRequest? Request, OpenAiError? Error) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return Refuse("The body must be a JSON object with the member 'input'", null);

        string? model = null;
        if (body.TryGetProperty("model", out var named) && named.ValueKind != JsonValueKind.Null && !TryGetText(named, out model))
            return Refuse("'model' must be a string", "model");

        var base64 = false;
        if (body.TryGetProperty("encoding_format", out var format) && format.ValueKind != JsonValueKind.Null)
        {
            base64 = format.ValueKind == JsonValueKind.String && format.ValueEquals("base64");
            if (!base64 && !(format.ValueKind == JsonValueKind.String && format.ValueEquals("float")))
                return Refuse("'encoding_format' must be 'float' or 'base64'", "encoding_format");
        }

        int? dimensions = null;
        if (body.TryGetProperty("dimensions", out var wanted) && wanted.ValueKind != JsonValueKind.Null)
        {
            if (wanted.ValueKind != JsonValueKind.Number || !wanted.TryGetInt32(out var number))
                return Refuse("'dimensions' must be a whole number", "dimensions");
            dimensions = number;
        }

        if (!body.TryGetProperty("input", out var input))
            return Refuse("'input' is missing: it must be a string or an array of strings", "input");
        var (texts, error) = ReadTexts(input);
        return texts is null ? (null, error) : (new EmbeddingsRequest(texts, model, base64, dimensions), null);
    }

    private static (IReadOnlyList<string>? Texts, OpenAiError? Error) ReadTexts(JsonElement input)
    {
        JsonElement[] entries = input.ValueKind == JsonValueKind.Array ? [.. input.EnumerateArray()] : [input];
        if (entries.Length is 0 or > MaxTexts)
            return (null, BadInput($"'input' must hold 1 to {MaxTexts} texts"));

        var texts = new string[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].ValueKind is JsonValueKind.Number or JsonValueKind.Array)
                return (null, BadInput("Token ids are not taken in 'input': send the text itself, as a string or an array of strings"));
            if (entries[i].ValueKind != JsonValueKind.String)
                return (null, BadInput("'input' must be a string or an array of strings"));
            if (!TryGetText(entries[i], out var text))
                return (null, BadInput("'input' must be valid Unicode: it has half of a surrogate pair"));
            if (text!.Length == 0)
                return (null, BadInput("'input' must not hold an empty string"));
            texts[i] = text;
        }

        return (texts, null);
    }

    private static bool TryGetText(JsonElement element, out string? text)
    {
        try
        {
            text = element.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Not a string, or an escape like \ud800 that is no character by itself.
            text = null;
            return false;
        }
    }

    private static OpenAiError BadInput(string message) => new(StatusCodes.Status400BadRequest, message, "input");

    private static (EmbeddingsRequest? Request, OpenAiError? Error) Refuse(string message, string? param) =>
        (null, new OpenAiError(StatusCodes.Status400BadRequest, message, param));
}
