using System.Globalization;
using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Search;

/// <summary><c>GET /v1/search?q=…&amp;limit=…</c>: the messages nearest in meaning to what was typed, of all or of some.</summary>
internal static class SearchEndpoint
{
    /// <summary>The longest query, in UTF-16 units; what lies behind it would not fit into the model anyhow.</summary>
    public const int MaxQueryLength = 2000;

    private const int MaxLimit = 100;

    /// <summary>Maps the endpoint.</summary>
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/search", SearchAsync);

    private static async Task SearchAsync(HttpContext context, IEmbeddingGrain embedding, IVectorIndexGrain index)
    {
        string? text = context.Request.Query["q"];
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxQueryLength)
        {
            await Problem.BadRequest($"q must be a text of 1 to {MaxQueryLength} characters").WriteAsync(context);
            return;
        }

        var limit = 10;
        if (context.Request.Query.TryGetValue("limit", out var wanted)
            && (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            await Problem.BadRequest($"limit must be a whole number from 1 to {MaxLimit}").WriteAsync(context);
            return;
        }

        var (filter, problem) = FilterQuery.Read(context.Request.Query);
        if (filter is null)
        {
            await problem!.WriteAsync(context);
            return;
        }

        var query = await embedding.EmbedAsync(new EmbeddingRequest([text], Interactive: true), context.RequestAborted);
        var search = new SearchQuery(query.Model, query.Vectors.Values, limit) { Filter = filter };
        var result = await index.SearchAsync(search, context.RequestAborted);
        if (result.ModelMatches)
            await context.Response.WriteAsJsonAsync(new SearchAnswer([.. result.Hits.Select(HitAnswer.Of)]), context.RequestAborted);
        else
            await OtherModel(query.Model, await index.GetStatusAsync(context.RequestAborted)).WriteAsync(context);
    }

    private static Problem OtherModel(ModelId asked, IndexStatus status) => new(
        StatusCodes.Status409Conflict,
        $"The query was embedded by {asked}, but the index by {status.Model}: their vectors cannot be compared. "
        + "Start the program with the index's model, or with an empty DATA_DIR and import the files again");
}
