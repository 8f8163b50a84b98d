using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>Where it is decided by which engine grains are reached. No grain and no endpoint knows.</summary>
internal static class GrainComposition
{
    /// <summary>Adds a gateway's grains: all in this process, or those of the cluster's silos.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static void AddGatewayGrains(this WebApplicationBuilder builder)
    {
        var cluster = SettingsReader.Read<ClusterOptions>(builder.Configuration, "Cluster");
        if (string.IsNullOrEmpty(cluster.RabbitMq))
            builder.AddInProcessCluster();
        else
            builder.AddRabbitMqCluster(cluster, SiloRoles.None);
    }

    /// <summary>Adds a silo's grains, which the others reach through the broker.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static void AddSiloGrains(this WebApplicationBuilder builder)
    {
        var cluster = SettingsReader.Read<ClusterOptions>(builder.Configuration, "Cluster");
        if (string.IsNullOrEmpty(cluster.RabbitMq))
        {
            throw new StartFailedException(
                "Cluster:RabbitMq is not set, but a silo is reached through the broker: set it, or start the gateway alone, which "
                + "then does all the work itself");
        }

        var silo = SettingsReader.Read<SiloOptions>(builder.Configuration, "Silo");
        if (silo.Roles == SiloRoles.None)
            throw new StartFailedException("Silo:Roles is empty, but must be any of parser, embedding, index, with commas between");
        builder.AddRabbitMqCluster(cluster, silo.Roles);
    }
}
