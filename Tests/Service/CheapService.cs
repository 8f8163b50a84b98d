using ChatAnalysis.Gateway;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo;
using ChatAnalysis.Silo.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatAnalysis.Tests.Service;

/// <summary>The program of this assembly: gateway and silo, whole but for the model.</summary>
internal static class CheapService
{
    private const string Silo = "silo";

    /// <summary>What starts the gateway, which without a broker is the whole service, in a process of its own.</summary>
    public static string[] Command => ["dotnet", typeof(CheapService).Assembly.Location];

    /// <summary>What starts a silo.</summary>
    public static string[] SiloCommand => [.. Command, Silo];

    public static Task<int> Main(string[] args) => args is [Silo, .. var rest]
        ? SiloApplication.RunAsync(rest, AddSiloGrains)
        : GatewayApplication.RunAsync(args, AddGatewayGrains);

    private static void AddGatewayGrains(WebApplicationBuilder builder)
    {
        builder.AddGatewayGrains();
        if (string.IsNullOrEmpty(builder.Configuration["Cluster:RabbitMq"]))
            builder.Services.AddKeyedSingleton<IEmbeddingGrain>(
                LocalGrain.Key, (s, _) => new CrashOnMark(new CheapEmbedding(s.GetRequiredService<EmbeddingGrain>())));
    }

    /// <summary>A silo's own embedding is cheap, and a marked text crashes its parser, not who would embed it.</summary>
    private static void AddSiloGrains(WebApplicationBuilder builder)
    {
        builder.AddSiloGrains();
        var services = builder.Services;
        services.AddKeyedSingleton<IEmbeddingGrain>(LocalGrain.Key, (s, _) => new CheapEmbedding(s.GetRequiredService<EmbeddingGrain>()));
        var proxy = services.Last(service => service.ServiceType == typeof(IEmbeddingGrain) && !service.IsKeyedService);
        services.AddSingleton<IEmbeddingGrain>(s => new CrashOnMark((IEmbeddingGrain)proxy.ImplementationFactory!(s)));
    }
}
