namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>Unit vectors in groups, as sentences' vectors are: random vectors without groups have no neighbours.</summary>
internal static class MixtureVectors
{
    /// <summary>[count x dimension], each near one of <paramref name="groups"/> random directions.</summary>
    public static float[] Create(int count, int dimension, int groups, int seed = 1, double spread = 0.8)
    {
        var random = new Random(seed);
        var centres = new float[groups * dimension];
        for (var i = 0; i < centres.Length; i++)
            centres[i] = (float)Gaussian(random);
        var vectors = new float[count * dimension];
        for (var row = 0; row < count; row++)
        {
            var vector = vectors.AsSpan(row * dimension, dimension);
            var centre = centres.AsSpan(random.Next(groups) * dimension, dimension);
            var length = 0.0;
            for (var i = 0; i < dimension; i++)
            {
                vector[i] = (float)(centre[i] + (spread * Gaussian(random)));
                length += (double)vector[i] * vector[i];
            }

            for (var i = 0; i < dimension; i++)
                vector[i] /= (float)Math.Sqrt(length);
        }

        return vectors;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
