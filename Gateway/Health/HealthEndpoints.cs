using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Health;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Gateway.Health;

/// <summary><c>/health</c>, the prototype's; <c>/health/live</c>: the process answers; <c>/health/ready</c>: which parts do.</summary>
internal static partial class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Maps the endpoints.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Monitors ask with HEAD (wget --spider), as the prototype let them.
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/health/live", methods, () => Results.Json(new HealthAnswer("ok", null)));
        routes.MapMethods("/health", methods, GetHealthAsync);
        routes.MapMethods("/health/ready", methods, GetReadyAsync);
    }

    private static async Task<IResult> GetHealthAsync(HttpContext context, Readiness readiness, ILoggerFactory loggers)
    {
        var parts = await AskPartsAsync(context, readiness, loggers);
        return parts.Missing.Count == 0
            ? Results.Json(new HealthAnswer("ok", null))
            : Results.Json(new HealthAnswer("unavailable", parts.Missing), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> GetReadyAsync(HttpContext context, Readiness readiness, ILoggerFactory loggers)
    {
        var parts = await AskPartsAsync(context, readiness, loggers);
        return parts.Missing.Count == 0
            ? Results.Json(new ReadyAnswer("ok", parts.States, null))
            : Results.Json(
                new ReadyAnswer("unavailable", parts.States, parts.Missing), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The parts' own word: one that was loaded can still have fallen silent.</summary>
    private static async Task<(Dictionary<string, PartAnswer> States, IReadOnlyList<string> Missing)> AskPartsAsync(
        HttpContext context, Readiness readiness, ILoggerFactory loggers)
    {
        var missing = readiness.Missing;
        var states = readiness.States.ToDictionary(part => part.Key, part => new PartAnswer(part.Value));
        if (missing.Count > 0)
            return (states, missing);

        var asked = "index";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            var index = await context.RequestServices.GetRequiredService<IVectorIndexGrain>().GetStatusAsync(patience.Token);
            asked = "embedding";
            var model = await context.RequestServices.GetRequiredService<IEmbeddingGrain>().GetModelAsync(patience.Token);
            states["index"] = new PartAnswer("ready", Owner: index.Owner, Size: index.Size, PendingFiles: index.PendingFiles);
            states["embedding"] = new PartAnswer("ready", Model: model.Id.ToString());
            return (states, []);
        }
#pragma warning disable CA1031 // Whatever a part throws, the answer to "are you well" is no.
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogSilent(loggers.CreateLogger(typeof(HealthEndpoints).FullName!), asked, exception);
            states[asked] = asked == "index" ? await SilentIndexAsync(context) : new PartAnswer("silent");
            return (states, [asked]);
        }
    }

    /// <summary>An owner that is stopped keeps the index: who looks after the cluster has to know which process it is.</summary>
    private static async Task<PartAnswer> SilentIndexAsync(HttpContext context)
    {
        var cluster = await context.RequestServices.GetRequiredService<IClusterDirectory>().GetStatusAsync(context.RequestAborted);
        var owner = cluster.Silos.FirstOrDefault(silo => silo.Name == cluster.Owner);
        return new PartAnswer("silent", Owner: owner?.Name, LastSeen: owner?.LastSeen);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The part {Part} did not answer")]
    private static partial void LogSilent(ILogger logger, string part, Exception exception);
}
