using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public class SearchIndexTests
{
    [Theory]
    [InlineData(384, 300, 10)]
    [InlineData(384, 9000, 100)]
    [InlineData(37, 5000, 7)]
    [InlineData(5, 40, 1000)]
    public void A_search_finds_what_a_comparison_in_double_precision_finds(int dimension, int count, int k)
    {
        var vectors = MixtureVectors.Create(count, dimension, 20);
        var ids = Enumerable.Range(0, count).Select(i => (i * 7919L) + 3).ToArray();
        using var index = SearchIndex.Create(dimension);
        index.Upsert(ids, vectors);
        var query = MixtureVectors.Create(1, dimension, 1, seed: 9);

        var found = index.Search(query, k);

        var expected = ids
            .Select((id, row) => (Id: id, Score: Dot(query, vectors.AsSpan(row * dimension, dimension))))
            .OrderByDescending(n => n.Score).ThenBy(n => n.Id).Take(k).ToArray();
        Assert.Equal(expected.Length, found.Count);
        Assert.Equal(expected.Length, found.Select(n => n.Id).Distinct().Count());
        var scoreOf = expected.ToDictionary(n => n.Id, n => n.Score);
        for (var i = 0; i < found.Count; i++)
        {
            Assert.Equal(expected[i].Score, found[i].Score, 1e-6);

            // Two that differ by less than single precision shows may change places, also with the first one left out.
            Assert.Equal(found[i].Score, scoreOf.GetValueOrDefault(found[i].Id, expected[^1].Score), 1e-6);
        }
    }

    [Fact]
    public void Of_equal_vectors_the_smaller_id_comes_first()
    {
        var vector = MixtureVectors.Create(1, 384, 1);
        using var index = SearchIndex.Create(384);
        var ids = Enumerable.Range(0, 10_000).Select(i => (long)((i * 7) % 10_000)).ToArray();
        index.Upsert(ids, Repeat(vector, ids.Length));

        Assert.Equal(Enumerable.Range(0, 25).Select(i => (long)i), index.Search(vector, 25).Select(n => n.Id));
    }

    [Fact]
    public void A_known_id_is_replaced_and_the_last_of_two_counts()
    {
        var vectors = MixtureVectors.Create(4, 16, 4);
        using var index = SearchIndex.Create(16);
        index.Upsert([1, 2], vectors.AsSpan(0, 32));
        index.Upsert([2, 3, 3], [.. vectors[32..48], .. vectors[..16], .. vectors[48..]]);

        Assert.Equal(3, index.Count);
        AssertStored(index, 1, vectors.AsSpan(0, 16));
        AssertStored(index, 2, vectors.AsSpan(32, 16));
        AssertStored(index, 3, vectors.AsSpan(48, 16));
    }

    [Fact]
    public void What_is_removed_is_gone_and_the_others_stay()
    {
        var vectors = MixtureVectors.Create(1000, 24, 10);
        var ids = Enumerable.Range(100, 1000).Select(i => (long)i).ToArray();
        var gone = ids.Where(id => id % 3 == 0 || id > 1050).ToArray();
        using var index = SearchIndex.Create(24);
        index.Upsert(ids, vectors);

        index.Remove([.. gone, 5, -1]);
        index.Remove(gone);

        Assert.Equal(1000 - gone.Length, index.Count);
        Assert.Equal(ids.Except(gone), index.Search(vectors.AsSpan(0, 24), 1000).Select(n => n.Id).Order());
        foreach (var id in ids.Except(gone))
            AssertStored(index, id, vectors.AsSpan((int)(id - 100) * 24, 24));
        Assert.Throws<KeyNotFoundException>(() => index.CopyVectors([gone[0]], new float[24]));
    }

    [Fact]
    public void Emptied_it_answers_nothing_and_can_be_filled_again()
    {
        var vectors = MixtureVectors.Create(3, 8, 3);
        using var index = SearchIndex.Create(8);
        Assert.Empty(index.Search(vectors.AsSpan(0, 8), 5));
        index.Upsert([1, 2, 3], vectors);
        index.Remove([3, 1, 2]);
        Assert.Equal(0, index.Count);
        Assert.Empty(index.Search(vectors.AsSpan(0, 8), 5));
        index.Upsert([2], vectors.AsSpan(0, 8));
        Assert.Equal(2, Assert.Single(index.Search(vectors.AsSpan(0, 8), 5)).Id);
    }

    [Fact]
    public void A_vector_of_another_length_is_refused()
    {
        using var index = SearchIndex.Create(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search(new float[9], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Upsert([1], new float[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Upsert([1, 2], new float[8]));
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public async Task Readers_never_see_half_a_change()
    {
        const int Dimension = 32;
        var even = MixtureVectors.Create(1, Dimension, 1, seed: 1);
        var odd = MixtureVectors.Create(1, Dimension, 1, seed: 2);
        var ids = Enumerable.Range(0, 6000).Select(i => (long)i).ToArray();
        using var index = SearchIndex.Create(Dimension);
        index.Upsert(ids, Repeat(even, ids.Length));
        var writing = true;

        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var searches = 0;
            for (; Volatile.Read(ref writing) || searches == 0; searches++)
            {
                var scores = index.Search(even, 6000).Select(n => n.Score).Distinct();
                Assert.Single(scores);
            }

            return searches;
        })).ToArray();
        for (var round = 1; round <= 30; round++)
        {
            index.Upsert(ids, Repeat(round % 2 == 0 ? even : odd, ids.Length));
            index.Remove(ids.AsSpan(3000 - round, 2 * round));
        }

        Volatile.Write(ref writing, false);
        Assert.All(await Task.WhenAll(readers), searches => Assert.NotEqual(0, searches));
    }

    private static void AssertStored(SearchIndex index, long id, ReadOnlySpan<float> vector)
    {
        var stored = new float[vector.Length];
        index.CopyVectors([id], stored);
        Assert.Equal(vector.ToArray().Select(x => (float)(Half)x), stored);
    }

    private static double Dot(float[] query, ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        for (var i = 0; i < query.Length; i++)
            sum += query[i] * (double)(Half)vector[i];
        return sum;
    }

    private static float[] Repeat(float[] vector, int times) => [.. Enumerable.Repeat(vector, times).SelectMany(v => v)];
}
