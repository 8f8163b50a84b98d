namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Who is there and how busy. An engine provides it.</summary>
public interface IClusterDirectory
{
    /// <summary>The cluster as it was last heard of.</summary>
    Task<ClusterStatus> GetStatusAsync(CancellationToken cancellationToken);
}
