using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Silo.Composition;

/// <summary>The grains of this process, plain and measured. Which of them come to life is the engine's to say.</summary>
internal static class LocalGrains
{
    /// <summary>Adds them by the keys of <see cref="LocalGrain"/>; a plain one that is replaced is measured all the same.</summary>
    public static IServiceCollection AddLocalGrains(this IServiceCollection services) => services
        .AddSingleton<GrainMeters>()
        .AddSingleton<EmbeddingGrain>()
        .AddKeyedSingleton<IEmbeddingGrain>(LocalGrain.Key, (s, _) => s.GetRequiredService<EmbeddingGrain>())
        .AddKeyedSingleton<IEmbeddingGrain>(LocalGrain.Measured, (s, _) => new MeasuredEmbedding(
            s.GetRequiredKeyedService<IEmbeddingGrain>(LocalGrain.Key), s.GetRequiredService<GrainMeters>().Embedding))
        .AddSingleton<VectorIndexGrain>()
        .AddKeyedSingleton<IVectorIndexGrain>(LocalGrain.Key, (s, _) => s.GetRequiredService<VectorIndexGrain>())
        .AddKeyedSingleton<IVectorIndexGrain>(LocalGrain.Measured, (s, _) => new MeasuredVectorIndex(
            s.GetRequiredKeyedService<IVectorIndexGrain>(LocalGrain.Key), s.GetRequiredService<GrainMeters>().VectorIndex))
        .AddKeyedSingleton<IFileParserGrain, FileParserGrain>(LocalGrain.Key)
        .AddKeyedSingleton<IFileParserGrain>(LocalGrain.Measured, (s, _) => new MeasuredFileParser(
            s.GetRequiredKeyedService<IFileParserGrain>(LocalGrain.Key), s.GetRequiredService<GrainMeters>().FileParser));

    /// <summary>Adds what tells how busy this process is.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="name">The process's name in the cluster.</param>
    /// <param name="roles">The grains that it hosts.</param>
    /// <param name="front">What it does besides: a gateway; null for nothing.</param>
    public static void AddProcessLoad(this IServiceCollection services, string name, SiloRoles roles, string? front) =>
        services.AddSingleton(s => new ProcessLoad(
            name, WordsOf(roles, front), MetersOf(roles, s.GetRequiredService<GrainMeters>()), s.GetRequiredService<TimeProvider>()));

    private static IReadOnlyList<string> WordsOf(SiloRoles roles, string? front)
    {
        var words = Enum.GetValues<SiloRoles>().Where(role => role != SiloRoles.None && roles.HasFlag(role)).Select(role => $"{role}".ToLowerInvariant());
        return front is null ? [.. words] : [front, .. words];
    }

    private static List<GrainMeter> MetersOf(SiloRoles roles, GrainMeters meters)
    {
        var own = new List<GrainMeter>();
        if (roles.HasFlag(SiloRoles.Parser))
            own.Add(meters.FileParser);
        if (roles.HasFlag(SiloRoles.Embedding))
            own.Add(meters.Embedding);
        if (roles.HasFlag(SiloRoles.Index))
            own.Add(meters.VectorIndex);
        return own;
    }
}
