using System.Text.Json;
using ChatAnalysis.Faiss;

namespace ChatAnalysis.Tests.Faiss;

public class FaissIndexTests
{
    [SkippableFact]
    public void Flat_index_of_a_newer_FAISS_is_searched_rightly()
    {
        var vectors = GoldenVectors();
        using var index = FaissIndex.Read(SharedFolder.File("golden/flat_l2.index"));

        Assert.Equal((384, 16), (index.Dimension, index.Count));
        var (scores, ids) = Search(index, [.. vectors.SelectMany(v => v)], 2);
        for (var row = 0; row < 16; row++)
        {
            Assert.Equal(row, ids[2 * row]);
            Assert.Equal(0, scores[2 * row], 1e-5);
            var second = Enumerable.Range(0, 16).Where(other => other != row).MinBy(other => Distance(vectors[row], vectors[other]));
            Assert.Equal(second, ids[(2 * row) + 1]);
            Assert.Equal(Distance(vectors[row], vectors[second]), scores[(2 * row) + 1], 1e-5);
        }
    }

    [SkippableFact]
    public void Index_with_ids_of_a_newer_FAISS_is_searched_rightly()
    {
        var vectors = GoldenVectors();
        using var index = FaissIndex.Read(SharedFolder.File("golden/idmap2_flat_ip.index"));

        Assert.Equal((384, 16), (index.Dimension, index.Count));
        var (scores, ids) = Search(index, [.. vectors.SelectMany(v => v)], 1);
        Assert.Equal(Enumerable.Range(100, 16).Select(i => (long)i), ids);
        Assert.All(scores, score => Assert.Equal(1, score, 1e-4));
    }

    [SkippableFact]
    public void An_index_of_another_type_is_not_changed_or_read_in_place()
    {
        using var index = FaissIndex.Read(SharedFolder.File("golden/idmap2_flat_ip.index"));

        Assert.Contains("half-precision", Assert.Throws<FaissException>(() => index.Contents).Message, StringComparison.Ordinal);
        Assert.Throws<FaissException>(() => index.Upsert([1], new Half[384]));
        Assert.Throws<FaissException>(() => index.Remove([100]));
        Assert.Equal(16, index.Count);
    }

    [Fact]
    public void FAISS_itself_finds_in_an_own_index_what_was_put_there()
    {
        using var index = FaissIndex.Create(4);
        index.Upsert([7, 8], [(Half)1, (Half)0, (Half)0, (Half)0, (Half)0, (Half)0.5, (Half)0, (Half)0]);

        var (scores, ids) = Search(index, [0, 1, 0, 0], 3);

        Assert.Equal([8, 7, -1], ids);
        Assert.Equal([0.5f, 0], scores[..2]);
    }

    [Fact]
    public void A_missing_file_is_an_exception_with_the_systems_reason()
    {
        var failure = Assert.Throws<FaissException>(() => FaissIndex.Read("/nowhere/at.all"));
        Assert.Contains("/nowhere/at.all", failure.Message, StringComparison.Ordinal);
        Assert.Contains("No such file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_an_exception_with_the_systems_reason()
    {
        // Small enough to stay in the C library's buffer until the file is closed.
        using var index = FaissIndex.Create(4);
        index.Upsert([7], new Half[4]);
        Assert.Contains("No space left", Assert.Throws<FaissException>(() => index.Write("/dev/full")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_OpenMP_threads_do_not_spin()
    {
        using var index = FaissIndex.Create(4);
        Assert.Equal("PASSIVE", System.Runtime.InteropServices.Marshal.PtrToStringUTF8(NativeEnvironment.Get("OMP_WAIT_POLICY")));
    }

    private static (float[] Scores, long[] Ids) Search(FaissIndex index, float[] queries, int k)
    {
        var results = queries.Length / index.Dimension * k;
        var (scores, ids) = (new float[results], new long[results]);
        index.Search(queries, k, scores, ids);
        return (scores, ids);
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();

    private static float[][] GoldenVectors() =>
        [.. File.ReadLines(SharedFolder.File("golden/vectors.jsonl")).Take(16)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("vector").Deserialize<float[]>()!)];
}
