namespace ChatAnalysis.Grains.Clustering;

/// <summary>Vectors in groups.</summary>
/// <param name="Labels">[vectors], the group of each, from 0; every group has at least one.</param>
/// <param name="Centres">[Clusters x dimension], row-major: the means of the groups (of the sample, where one was taken).</param>
/// <param name="Clusters">Number of groups.</param>
/// <param name="Inertia">Sum of all vectors' squared distances to their centres.</param>
/// <param name="Iterations">Rounds that were run.</param>
public sealed record KMeansResult(int[] Labels, float[] Centres, int Clusters, double Inertia, int Iterations);
