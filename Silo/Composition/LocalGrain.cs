namespace ChatAnalysis.Silo.Composition;

/// <summary>The keys of a grain that is in this process, where the plain interface may be a way to another.</summary>
internal static class LocalGrain
{
    /// <summary>The grain itself.</summary>
    public const string Key = "local";

    /// <summary>The same with its calls measured: what is served, and what others of this process are given.</summary>
    public const string Measured = "measured";
}
