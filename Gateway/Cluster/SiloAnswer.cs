using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Cluster;

/// <summary>A process of the cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Roles">What it does: gateway, parser, embedding, index.</param>
/// <param name="Since">When it was started.</param>
/// <param name="LastSeen">When it was last heard of.</param>
/// <param name="State"><c>there</c> or <c>gone</c>.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Processor">Cores that it keeps busy.</param>
/// <param name="MemoryBytes">Memory that it holds.</param>
/// <param name="Grains">Each type of grain on it.</param>
internal sealed record SiloAnswer(
    string Name,
    IReadOnlyList<string> Roles,
    DateTimeOffset Since,
    DateTimeOffset LastSeen,
    string State,
    string Version,
    double Processor,
    long MemoryBytes,
    IReadOnlyList<GrainAnswer> Grains)
{
    /// <summary>The answer for a process.</summary>
    public static SiloAnswer Of(SiloStatus silo) => new(
        silo.Name, silo.Roles, silo.Since, silo.LastSeen, silo.Gone ? "gone" : "there", silo.Version, silo.Processor, silo.Memory,
        [.. silo.Grains.Select(GrainAnswer.Of)]);
}
