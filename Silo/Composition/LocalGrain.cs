namespace ChatAnalysis.Silo.Composition;

/// <summary>The key of a grain that is in this process, where the plain interface may be a way to another.</summary>
internal static class LocalGrain
{
    public const string Key = "local";
}
