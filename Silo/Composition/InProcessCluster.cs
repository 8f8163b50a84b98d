using ChatAnalysis.Cluster;
using ChatAnalysis.Cluster.InProcess;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.FileParser;
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
        var configuration = builder.Configuration;
        var embedding = SettingsReader.Read<EmbeddingOptions>(configuration, "Embedding");
        if (configuration["MODEL_CACHE"] is { Length: > 0 } modelCache)
            embedding = embedding with { ModelCache = Path.GetFullPath(modelCache) };

        var services = builder.Services;
        services.AddSingleton(embedding);
        services.AddSingleton(SettingsReader.Read<VectorIndexOptions>(configuration, "Index"));
        services.AddSingleton(SettingsReader.Read<ParsingOptions>(configuration, "Parsing"));
        services.AddSingleton(SettingsReader.Read<FileParsersOptions>(configuration, "FileParsers"));
        services.AddSingleton<InProcessFileJobQueue>().AddSingleton<IFileJobQueue>(s => s.GetRequiredService<InProcessFileJobQueue>());
        services.AddSingleton<EmbeddingGrain>().AddSingleton<IEmbeddingGrain>(s => s.GetRequiredService<EmbeddingGrain>());
        services.AddSingleton<VectorIndexGrain>().AddSingleton<IVectorIndexGrain>(s => s.GetRequiredService<VectorIndexGrain>());
        services.AddSingleton<IFileParserGrain, FileParserGrain>();
        services.AddSingleton<FileParsers>();
        services.AddSingleton(PartsOf);
    }

    private static GrainSet PartsOf(IServiceProvider services)
    {
        var embedding = services.GetRequiredService<EmbeddingGrain>();
        var index = services.GetRequiredService<VectorIndexGrain>();
        var parsers = services.GetRequiredService<FileParsers>();

        // The model is loaded beside the index, but which graph may run depends on what the index holds.
        var indexModel = new TaskCompletionSource<ModelId?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new GrainSet(
            [
                new GrainPart("index", StartIndexAsync, index.StopAsync),
                new GrainPart("embedding", StartEmbeddingAsync, async _ => await embedding.DisposeAsync()),
            ],
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
