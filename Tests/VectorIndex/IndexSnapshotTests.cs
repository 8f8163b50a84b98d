using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class IndexSnapshotTests : IDisposable
{
    private const int Dimension = 24;
    private static readonly string Model = "all-MiniLM-L6-v2@" + new string('a', 64);
    private static readonly float[] Vectors = MixtureVectors.Create(200, Dimension, 8);
    private static readonly long[] Ids = [.. Enumerable.Range(0, 200).Select(i => 1000L + (3 * i))];
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public IndexSnapshotTests() => _path = _folder.PathOf("faiss_index.index");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var index = WriteSnapshot(new IndexSnapshotStamp(Model, 77, 200));

        var reading = IndexSnapshot.Read(_path, Dimension);

        using var read = reading.Index;
        Assert.True(reading.Usable, reading.Detail);
        Assert.Equal(new IndexSnapshotStamp(Model, 77, 200), reading.Stamp);
        Assert.Equal(index.Search(Vectors.AsSpan(0, Dimension), 200), read!.Search(Vectors.AsSpan(0, Dimension), 200));
        read.Upsert([1000], Vectors.AsSpan(Dimension, Dimension));
        read.Remove([1003]);
        Assert.Equal(199, read.Count);
        Assert.Equal(["faiss_index.index"], _folder.Files);
    }

    [Fact]
    public void An_empty_index_is_read_back()
    {
        using var index = SearchIndex.Create(Dimension);
        IndexSnapshot.Write(_path, index, new IndexSnapshotStamp(Model, 5, 0));
        using var read = IndexSnapshot.Read(_path, Dimension).Index;
        Assert.Equal(0, read?.Count);
    }

    [Fact]
    public void A_missing_file_is_no_error() => AssertUnusable(IndexSnapshotFault.Missing);

    [Fact]
    public void A_folder_in_its_place_is_unreadable()
    {
        Directory.CreateDirectory(_path);
        AssertUnusable(IndexSnapshotFault.Unreadable);
    }

    [Fact]
    public void Cut_anywhere_it_is_no_snapshot()
    {
        WriteSnapshot(new IndexSnapshotStamp(Model, 77, 200)).Dispose();
        var whole = File.ReadAllBytes(_path);
        for (var length = 0; length < whole.Length; length += Math.Max(1, length / 37))
        {
            File.WriteAllBytes(_path, whole[..length]);
            AssertUnusable(IndexSnapshotFault.NotASnapshot);
        }
    }

    [Fact]
    public void A_single_wrong_bit_anywhere_is_found()
    {
        WriteSnapshot(new IndexSnapshotStamp(Model, 77, 200)).Dispose();
        var bytes = File.ReadAllBytes(_path);
        var random = new Random(4);
        var footer = Enumerable.Range(bytes.Length - 512, 512);
        var anywhere = Enumerable.Range(0, 300).Select(_ => random.Next(bytes.Length));
        foreach (var place in Enumerable.Range(0, 60).Concat(footer).Concat(anywhere))
        {
            var bit = (byte)(1 << random.Next(8));
            bytes[place] ^= bit;
            File.WriteAllBytes(_path, bytes);
            Assert.False(IndexSnapshot.Read(_path, Dimension).Usable);
            bytes[place] ^= bit;
        }
    }

    [Fact]
    public void A_file_of_any_other_bytes_is_no_snapshot()
    {
        var random = new Random(5);
        foreach (var length in Enumerable.Range(0, 40).Select(i => i * i))
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            File.WriteAllBytes(_path, bytes);
            AssertUnusable(IndexSnapshotFault.NotASnapshot);
        }
    }

    [SkippableFact]
    public void A_file_that_FAISS_wrote_for_somebody_else_is_no_snapshot()
    {
        File.Copy(SharedFolder.File("golden/idmap2_flat_ip.index"), _path);
        AssertUnusable(IndexSnapshotFault.NotASnapshot, 384);
    }

    [Fact]
    public void Vectors_of_another_length_are_another_index()
    {
        WriteSnapshot(new IndexSnapshotStamp(Model, 77, 200)).Dispose();
        AssertUnusable(IndexSnapshotFault.OtherIndex, Dimension + 1);
    }

    [Fact]
    public void A_stamp_at_odds_with_the_index_is_refused()
    {
        using var index = WriteSnapshot(new IndexSnapshotStamp(Model, 77, 200));
        var before = File.ReadAllBytes(_path);
        Assert.Throws<InvalidOperationException>(() => IndexSnapshot.Write(_path, index, new IndexSnapshotStamp(Model, 78, 201)));
        Assert.Equal(before, File.ReadAllBytes(_path));
        Assert.Equal(["faiss_index.index"], _folder.Files);
    }

    [Fact]
    public void What_a_crash_left_beside_it_is_cleared_away()
    {
        File.WriteAllText(_path + ".new", "half of a snapshot");
        AssertUnusable(IndexSnapshotFault.Missing);
        IndexSnapshot.RemoveUnfinished(_path);
        Assert.Empty(_folder.Files);

        File.WriteAllBytes(_path + ".new", new byte[1 << 20]);
        WriteSnapshot(new IndexSnapshotStamp(Model, 77, 200)).Dispose();
        using var read = IndexSnapshot.Read(_path, Dimension).Index;
        Assert.Equal(200, read?.Count);
        Assert.Equal(["faiss_index.index"], _folder.Files);
    }

    [Fact]
    public void A_full_disk_leaves_the_old_snapshot_as_it_is()
    {
        WriteSnapshot(new IndexSnapshotStamp(Model, 77, 200)).Dispose();
        var before = File.ReadAllBytes(_path);
        File.CreateSymbolicLink(_path + ".new", "/dev/full");
        using var index = SearchIndex.Create(Dimension);
        index.Upsert(Ids, Vectors);

        var failure = Assert.Throws<IOException>(() => IndexSnapshot.Write(_path, index, new IndexSnapshotStamp(Model, 78, 200)));

        Assert.Contains("No space left", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_path));
        Assert.Equal(["faiss_index.index"], _folder.Files);
    }

    [Fact]
    public async Task Searches_and_changes_go_on_while_snapshots_are_written()
    {
        using var index = SearchIndex.Create(Dimension);
        index.Upsert(Ids, Vectors);
        var writing = Task.Run(() =>
        {
            for (var round = 0; round < 20; round++)
                IndexSnapshot.Write(_path, index, new IndexSnapshotStamp(Model, round, 200));
        });
        do
        {
            index.Upsert(Ids, Vectors);
            Assert.Equal(200, index.Search(Vectors.AsSpan(0, Dimension), 300).Count);
        }
        while (!writing.IsCompleted);

        await writing;
        var reading = IndexSnapshot.Read(_path, Dimension);
        using var read = reading.Index;
        Assert.Equal(19, reading.Stamp?.LastChange);
    }

    private SearchIndex WriteSnapshot(IndexSnapshotStamp stamp)
    {
        var index = SearchIndex.Create(Dimension);
        index.Upsert(Ids, Vectors);
        IndexSnapshot.Write(_path, index, stamp);
        return index;
    }

    private void AssertUnusable(IndexSnapshotFault fault, int dimension = Dimension)
    {
        var reading = IndexSnapshot.Read(_path, dimension);
        Assert.Equal((false, fault), (reading.Usable, reading.Fault));
        Assert.NotEmpty(reading.Detail);
    }
}
