using ChatAnalysis.Cluster;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.VectorIndex;
using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>The settings of the grains, which are the same by whichever engine they are reached.</summary>
internal static class GrainSettings
{
    /// <summary>Reads and checks them.</summary>
    /// <exception cref="StartFailedException">One is wrong.</exception>
    public static void AddGrainSettings(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var embedding = SettingsReader.Read<EmbeddingOptions>(configuration, "Embedding");
        if (configuration["MODEL_CACHE"] is { Length: > 0 } modelCache)
            embedding = embedding with { ModelCache = Path.GetFullPath(modelCache) };
        builder.Services
            .AddSingleton(embedding)
            .AddSingleton(SettingsReader.Read<VectorIndexOptions>(configuration, "Index"))
            .AddSingleton(SettingsReader.Read<ParsingOptions>(configuration, "Parsing"))
            .AddSingleton(SettingsReader.Read<FileParsersOptions>(configuration, "FileParsers"));
    }
}
