namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A process of the cluster.</summary>
/// <param name="Name">Its name, unique in the cluster.</param>
/// <param name="Roles">What it does: gateway, parser, embedding, index.</param>
/// <param name="Since">When it was started.</param>
/// <param name="LastSeen">When it was last heard of.</param>
/// <param name="Gone">Whether it has been silent so long that it must be dead, stopped or cut off.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Processor">Cores that it kept busy since it was heard of before.</param>
/// <param name="Memory">Bytes of memory that it holds.</param>
/// <param name="Grains">Each type of grain on it.</param>
public sealed record SiloStatus(
    string Name,
    IReadOnlyList<string> Roles,
    DateTimeOffset Since,
    DateTimeOffset LastSeen,
    bool Gone,
    string Version,
    double Processor,
    long Memory,
    IReadOnlyList<GrainLoad> Grains);
