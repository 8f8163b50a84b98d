using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

/// <summary>A cluster of two silos, of which one has died.</summary>
internal sealed class FakeClusterDirectory : IClusterDirectory
{
    public static DateTimeOffset Seen { get; } = new(2025, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static SiloStatus Owner { get; } = new(
        "a", ["embedding", "index"], Seen.AddHours(-1), Seen, Gone: false, "1.2.3", Processor: 1.5, Memory: 7_000,
        [new GrainLoad("embedding", 0, 0, null, null, 0), new GrainLoad("vector_index", 12, 1, 0.1234, 5.678, 2)]);

    public static SiloStatus Dead { get; } = Owner with { Name = "b", Roles = ["parser"], Gone = true, Grains = [] };

    public Task<ClusterStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ClusterStatus([Owner, Dead], [new QueueStatus("files", 3)], "a"));
}
