using ChatAnalysis.Cluster.InProcess;
using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;
using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>All grains in this process, no broker: the default.</summary>
internal static class InProcessCluster
{
    /// <summary>Adds the grains, the queue between them, and the order in which they start and stop.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static void AddInProcessCluster(this WebApplicationBuilder builder)
    {
        builder.AddGrainSettings();
        var services = builder.Services;
        services.AddSingleton<InProcessFileJobQueue>().AddSingleton<IFileJobQueue>(s => s.GetRequiredService<InProcessFileJobQueue>());
        services.AddLocalGrains()
            .AddSingleton(s => s.GetRequiredKeyedService<IEmbeddingGrain>(LocalGrain.Measured))
            .AddSingleton(s => s.GetRequiredKeyedService<IVectorIndexGrain>(LocalGrain.Measured))
            .AddSingleton(s => s.GetRequiredKeyedService<IFileParserGrain>(LocalGrain.Measured));
        services.AddSingleton<FileParsers>();
        var name = SettingsReader.Read<ClusterOptions>(builder.Configuration, "Cluster").ProcessName;
        services.AddProcessLoad(name, SiloRoles.Parser | SiloRoles.Embedding | SiloRoles.Index, "gateway");
        services.AddSingleton<IClusterDirectory, InProcessClusterDirectory>();
        services.AddSingleton(PartsOf);
    }

    private static GrainSet PartsOf(IServiceProvider services)
    {
        var embedding = services.GetRequiredService<EmbeddingGrain>();
        var index = services.GetRequiredService<VectorIndexGrain>();
        var parsers = services.GetRequiredService<FileParsers>();
        services.GetRequiredService<ProcessLoad>(); // It counts from its creation.

        // The model is loaded beside the index, but which graph may run depends on what the index holds.
        var indexModel = new TaskCompletionSource<ModelId?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new GrainSet(
            [
                new GrainPart("index", StartIndexAsync, index.StopAsync),
                new GrainPart("embedding", StartEmbeddingAsync, async _ => await embedding.DisposeAsync()),
            ],
            cancellationToken => ModelAgreement.RequireAsync(embedding, index, cancellationToken),
            [new GrainPart("parsers", parsers.StartAsync, parsers.StopAsync)]);

        async Task StartIndexAsync(CancellationToken cancellationToken)
        {
            try
            {
                await index.StartAsync(cancellationToken);
                var status = await index.GetStatusAsync(cancellationToken);
                indexModel.SetResult(status.Size > 0 ? status.Model : null);
            }
            catch (IndexStartException exception)
            {
                throw new StartFailedException(exception.Message, exception);
            }
            finally
            {
                // Without an index nothing is to be embedded: the embedding's start must not wait for it.
                indexModel.TrySetCanceled(CancellationToken.None);
            }
        }

        async Task StartEmbeddingAsync(CancellationToken cancellationToken)
        {
            try
            {
                await embedding.StartAsync(token => indexModel.Task.WaitAsync(token), cancellationToken);
            }
            catch (ModelException exception)
            {
                throw new StartFailedException(exception.Message, exception);
            }
        }
    }
}
