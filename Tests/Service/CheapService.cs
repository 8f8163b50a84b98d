using ChatAnalysis.Gateway;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace ChatAnalysis.Tests.Service;

/// <summary>The program of this assembly: the whole service but for the model.</summary>
internal static class CheapService
{
    /// <summary>What starts it in a process of its own.</summary>
    public static string[] Command => ["dotnet", typeof(CheapService).Assembly.Location];

    public static Task<int> Main(string[] args) => GatewayApplication.RunAsync(args, builder =>
    {
        builder.AddInProcessCluster();
        builder.Services.AddKeyedSingleton<IEmbeddingGrain, CheapEmbedding>(LocalGrain.Key);
    });
}
