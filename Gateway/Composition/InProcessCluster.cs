using ChatAnalysis.Cluster.InProcess;
using ChatAnalysis.Gateway.Configuration;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Composition;

/// <summary>All grains in this process, no broker: the default. The one place in the gateway that knows grain classes.</summary>
internal static class InProcessCluster
{
    /// <summary>Adds the grains, the queue between them, and the order in which they start and stop.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static void AddInProcessCluster(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        var services = builder.Services;
        services.AddSingleton(SettingsReader.Read<FileParsersOptions>(builder.Configuration, "FileParsers"));
        services.AddSingleton<InProcessFileJobQueue>().AddSingleton<IFileJobQueue>(s => s.GetRequiredService<InProcessFileJobQueue>());
        services.AddSingleton<FileParsers>();
    }
}
