using ChatAnalysis.Grains.Clustering;
using ChatAnalysis.Tests.VectorIndex;

namespace ChatAnalysis.Tests.Clustering;

public unsafe class LloydTests
{
    [Fact]
    public void A_centre_that_nobody_is_near_goes_to_the_point_farthest_from_its_own()
    {
        const int Dimension = 16;
        var vectors = MixtureVectors.Create(300, Dimension, 2, spread: 0.05);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 2 };
        using var pinned = vectors.AsMemory().Pin();
        var points = new PointSet((float*)pinned.Pointer, Dimension, 300);
        var lengths = Enumerable.Range(0, 300).Select(points.SquaredLength).ToArray();

        // Twice the same start: one of the centres is left without points at once, and the other group is far.
        var centres = new Centres(points, [7, 7], parallel);
        var lloyd = new Lloyd(points, lengths, centres, parallel);
        lloyd.Run(100, 0);

        Assert.Empty(centres.Empty);
        var inertia = Enumerable.Range(0, 300)
            .Sum(row => PlainKMeans.SquaredDistance(vectors, row, centres.Values, lloyd.Labels[row], Dimension));
        Assert.InRange(inertia / 300, 0, 0.02);
    }
}
