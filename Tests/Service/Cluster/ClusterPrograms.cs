namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>The commands that start a cluster's members.</summary>
internal sealed record ClusterPrograms(string[] Gateway, string[] Silo)
{
    /// <summary>This assembly's programs, whose embedding costs nothing.</summary>
    public static ClusterPrograms Cheap { get; } = new(CheapService.Command, CheapService.SiloCommand);

    /// <summary>The programs as users have them.</summary>
    public static ClusterPrograms Published { get; } = new(Command("Gateway"), Command("Silo"));

    private static string[] Command(string program) => ["dotnet", Repository.PathOf(".make", "program", $"ChatAnalysis.{program}.dll")];
}
