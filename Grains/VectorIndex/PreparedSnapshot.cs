using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Data.Sqlite;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The index's snapshot as a stand-by holds it in memory, so that taking over is only to replay what changed since.</summary>
/// <remarks>
/// The owner writes new ones meanwhile. Whether the one held here is of any use, the database alone tells, and only the next
/// owner may open that.
/// </remarks>
internal sealed class PreparedSnapshot(string dataDirectory) : IDisposable
{
    private readonly string _path = IndexSnapshot.PathIn(dataDirectory);
    private IndexSnapshotReading? _held;
    private IndexSnapshotStamp? _seen;

    /// <summary>Has the code ready that a start runs: SQLite is loaded and asked what a start asks, of a database in memory.</summary>
    public static void WarmUp()
    {
        using var database = new DatabaseConnection(":memory:", SqliteOpenMode.Memory);
        foreach (var step in Schema.Steps)
            database.ExecuteScript(step);
        var stamp = new IndexSnapshotStamp("@#", 0, 0);
        SnapshotStamp.FindFault(stamp, database, IndexState.Read(database) with { Model = new ActiveModel(0, new("", ""), 1) });
        using (SnapshotRows.VectorsChangedAfter(database, 0))
        {
        }
    }

    /// <summary>Reads the snapshot, if there is one and it is not the one that was read last.</summary>
    /// <returns>Whether another is held now.</returns>
    public bool Refresh()
    {
        var present = IndexSnapshot.ReadStamp(_path);
        if (present is null || present == _seen)
            return false;
        _seen = present;
        Dispose();
        var reading = IndexSnapshot.Read(_path, dimension: null);

        // Where the owner put another in its place meanwhile, the stamp may be of one and the vectors of the other.
        if (!reading.Usable || reading.Stamp != IndexSnapshot.ReadStamp(_path))
        {
            reading.Index?.Dispose();
            return false;
        }

        // As the owner will: this compiles the code, and FAISS makes room, for which it copies the whole index.
        var vector = new float[reading.Index.Dimension];
        reading.Index.Search(vector, 1);
        reading.Index.Upsert([long.MaxValue], vector);
        reading.Index.Remove([long.MaxValue]);
        _held = reading;
        return true;
    }

    /// <summary>Gives the snapshot away, if one is held.</summary>
    public IndexSnapshotReading? Take() => Interlocked.Exchange(ref _held, null);

    public void Dispose() => Take()?.Index?.Dispose();
}
