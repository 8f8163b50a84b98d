using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Health;

/// <summary>A silo's word for those who watch it: <c>/health/live</c> and <c>/health/ready</c>, which <c>/health</c> is too.</summary>
internal static class SiloHealth
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapSiloHealth(this IEndpointRouteBuilder routes)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/health/live", methods, () => Results.Json(new HealthAnswer("ok", null)));
        routes.MapMethods("/health/ready", methods, GetReady);
        routes.MapMethods("/health", methods, GetReady);
    }

    private static IResult GetReady(Readiness readiness)
    {
        var states = readiness.States.ToDictionary(part => part.Key, part => new PartAnswer(part.Value));
        return readiness.Missing is { Count: > 0 } missing
            ? Results.Json(new ReadyAnswer("unavailable", states, missing), statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new ReadyAnswer("ok", states, null));
    }
}
