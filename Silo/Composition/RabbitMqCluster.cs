using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Cluster.RabbitMq.Embedding;
using ChatAnalysis.Cluster.RabbitMq.FileParser;
using ChatAnalysis.Cluster.RabbitMq.Jobs;
using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Cluster.RabbitMq.VectorIndex;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>The grains of a cluster: those of this process's roles, and the way to all others.</summary>
internal static class RabbitMqCluster
{
    /// <summary>Adds them.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="options">How the broker is reached.</param>
    /// <param name="roles">What this process does; none for a gateway.</param>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static void AddRabbitMqCluster(this WebApplicationBuilder builder, ClusterOptions options, SiloRoles roles)
    {
        builder.AddGrainSettings();
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(ReadAddress(options));
        services.AddSingleton<BrokerConnection>().AddSingleton<CallClient>().AddSingleton<SiloDirectory>().AddSingleton<SiloListener>();
        services.AddProcessLoad(options.ProcessName, roles, roles == SiloRoles.None ? "gateway" : null);
        services.AddSingleton<QueueDepths>().AddSingleton<IClusterDirectory, RabbitMqClusterDirectory>();
        services.AddSingleton<Announcer>();
        services.AddSingleton<RabbitMqFileJobQueue>().AddSingleton<IFileJobQueue>(s => s.GetRequiredService<RabbitMqFileJobQueue>());

        // A person gets an answer within a while, if only that there is none; a parser tries as long as it lives.
        var patience = roles == SiloRoles.None ? options.Patience : Timeout.InfiniteTimeSpan;
        services.AddSingleton<IVectorIndexGrain>(s => new VectorIndexProxy(
            s.GetRequiredService<CallClient>(), options.CallTimeout, patience, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ModelInUse>();
        services.AddSingleton<IEmbeddingGrain>(s => new EmbeddingProxy(
            s.GetRequiredService<CallClient>(), s.GetRequiredService<ModelInUse>(), options.CallTimeout, patience,
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IFileParserGrain>(s => new FileParserProxy(
            s.GetRequiredService<CallClient>(), s.GetRequiredService<SiloDirectory>(), options.InspectTimeout, options.Patience,
            s.GetRequiredService<TimeProvider>()));

        services.AddLocalGrains();
        services.AddSingleton<SharedUploads>().AddSingleton<IndexRole>().AddSingleton<EmbeddingRole>().AddSingleton<ParserRole>();
        services.AddSingleton(s => PartsOf(s, roles));
    }

    private static BrokerAddress ReadAddress(ClusterOptions options)
    {
        try
        {
            return BrokerAddress.Read(options);
        }
        catch (ArgumentException e)
        {
            throw new StartFailedException(e.Message, e);
        }
    }

    private static GrainSet PartsOf(IServiceProvider services, SiloRoles roles)
    {
        var broker = services.GetRequiredService<BrokerConnection>();
        var silos = services.GetRequiredService<SiloDirectory>();
        var readiness = services.GetRequiredService<Readiness>();
        services.GetRequiredService<SiloListener>();
        services.GetRequiredService<Announcer>();
        var loaded = new List<GrainPart> { new("broker", broker.StartAsync, cancellationToken => EndAsync(services, cancellationToken)) };
        var workers = new List<GrainPart>();
        readiness.Watch("broker", () => broker.IsConnected);
        if (roles.HasFlag(SiloRoles.Index))
            loaded.Add(services.GetRequiredService<IndexRole>().Part);
        if (roles.HasFlag(SiloRoles.Embedding))
            loaded.Add(services.GetRequiredService<EmbeddingRole>().Part);
        if (roles.HasFlag(SiloRoles.Parser))
            workers.Add(services.GetRequiredService<ParserRole>().Part);
        if (roles == SiloRoles.None)
        {
            // Nothing is answered before the owner was heard: who looks at the gateway is told that it is the index that is missing.
            loaded.Add(new GrainPart("index", services.GetRequiredService<SharedUploads>().RequireAsync, _ => Task.CompletedTask));
            readiness.Watch("parser", () => silos.Has("parser"));
        }

        return new GrainSet(loaded, _ => Task.CompletedTask, workers);
    }

    /// <summary>Ends what all roles need, once they have ended. A broker that hangs is left alone.</summary>
    private static async Task EndAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        IAsyncDisposable[] parts =
        [
            services.GetRequiredService<Announcer>(),
            services.GetRequiredService<SiloListener>(),
            services.GetRequiredService<RabbitMqFileJobQueue>(),
            services.GetRequiredService<CallClient>(),
        ];
        await Task.WhenAll(parts.Select(part => part.DisposeAsync().AsTask())).WaitAsync(cancellationToken);
        await services.GetRequiredService<BrokerConnection>().DisposeAsync().AsTask().WaitAsync(cancellationToken);
    }
}
