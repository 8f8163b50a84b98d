namespace ChatAnalysis.Silo.Composition;

/// <summary>What a process of the cluster does.</summary>
[Flags]
internal enum SiloRoles
{
    /// <summary>It hosts no grain: a gateway beside silos.</summary>
    None = 0,

    /// <summary>It reads uploaded files.</summary>
    Parser = 1,

    /// <summary>It turns texts into vectors.</summary>
    Embedding = 2,

    /// <summary>It owns the index, or stands by to do so.</summary>
    Index = 4,
}
