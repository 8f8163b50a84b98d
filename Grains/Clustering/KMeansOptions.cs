using System.ComponentModel.DataAnnotations;

namespace ChatAnalysis.Grains.Clustering;

/// <summary>How vectors are grouped.</summary>
public sealed record KMeansOptions
{
    /// <summary>The most groups that can be wanted.</summary>
    public const int MaxClusters = 10_000;

    /// <summary>Groups wanted; there are fewer where there are fewer distinct vectors.</summary>
    [Range(1, MaxClusters)]
    public int Clusters { get; init; } = 5;

    /// <summary>Decides all that is left to chance: the same vectors and the same seed give the same labels.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Rounds after which it ends even if centres still move.</summary>
    [Range(1, 100_000)]
    public int MaxIterations { get; init; } = 300;

    /// <summary>It ends when the centres' squared moves in a round sum to less than this part of the vectors' mean variance.</summary>
    [Range(0.0, 1.0)]
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Threads at work; 0 for one a core. Their number changes nothing but the time.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Of more vectors than this, the centres are found on a sample of this size; then all get their labels.</summary>
    [Range(1, int.MaxValue)]
    public int SampleLimit { get; init; } = 200_000;
}
