using System.Runtime.InteropServices;
using System.Text.Json;
using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public class SnapshotInPythonTests
{
    private const string Script = """
        import sys, json, numpy, faiss
        index = faiss.read_index(sys.argv[1])
        queries = numpy.fromfile(sys.argv[2], dtype=numpy.float32).reshape(-1, index.d)
        scores, ids = index.search(queries, 10)
        print(json.dumps({"ntotal": index.ntotal, "scores": scores.ravel().tolist(), "ids": ids.ravel().tolist()}))
        """;

    [SkippableFact]
    public async Task FAISSs_own_Python_finds_the_same_neighbours_in_a_snapshot()
    {
        using var folder = new TemporaryFolder();
        var (snapshot, queryFile) = (folder.PathOf("faiss_index.index"), folder.PathOf("queries.f32"));
        var vectors = MixtureVectors.Create(5000, 384, 100);
        var queries = MixtureVectors.Create(20, 384, 100, seed: 2);
        using var index = SearchIndex.Create(384);
        index.Upsert([.. Enumerable.Range(0, 5000).Select(i => 10_000_000_000L + i)], vectors);
        index.Remove([.. Enumerable.Range(0, 100).Select(i => 10_000_000_000L + (i * i))]);
        IndexSnapshot.Write(snapshot, index, new IndexSnapshotStamp("m@0", 1, index.Count));
        File.WriteAllBytes(queryFile, MemoryMarshal.AsBytes(queries.AsSpan()).ToArray());

        var answer = JsonElement.Parse(await DebianPython.RunAsync("faiss", Script, snapshot, queryFile));

        Assert.Equal(index.Count, answer.GetProperty("ntotal").GetInt64());
        var own = Enumerable.Range(0, 20).SelectMany(row => index.Search(queries.AsSpan(row * 384, 384), 10)).ToArray();
        Assert.Equal(own.Select(n => n.Id), answer.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64()));
        foreach (var (neighbour, score) in own.Zip(answer.GetProperty("scores").EnumerateArray()))
            Assert.Equal(neighbour.Score, score.GetDouble(), 1e-5);
    }
}
