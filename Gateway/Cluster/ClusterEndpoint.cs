using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Cluster;

/// <summary><c>GET /v1/cluster</c>: who is there and how busy; answered while parts of the cluster are missing, too.</summary>
internal static class ClusterEndpoint
{
    /// <summary>Maps the endpoint.</summary>
    public static void MapCluster(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/cluster", GetAsync);

    private static async Task<IResult> GetAsync(HttpContext context, IClusterDirectory cluster) =>
        Results.Json(ClusterAnswer.Of(await cluster.GetStatusAsync(context.RequestAborted)));
}
