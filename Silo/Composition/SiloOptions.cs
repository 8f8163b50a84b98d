namespace ChatAnalysis.Silo.Composition;

/// <summary>What a silo does; section <c>Silo</c>.</summary>
internal sealed record SiloOptions
{
    /// <summary>Its roles: any of parser, embedding and index, with commas between.</summary>
    public SiloRoles Roles { get; init; } = SiloRoles.Parser | SiloRoles.Embedding | SiloRoles.Index;
}
