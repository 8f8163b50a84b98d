using System.Diagnostics;
using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Brings the index into memory at the start: from the snapshot and what changed since, else from the database alone.</summary>
internal sealed partial class IndexLoading(
    IndexDatabase file, DatabaseConnection database, string snapshotPath, PreparedSnapshot? prepared, ILogger<IndexLoading> logger)
{
    private const int VectorsAtOnce = 4096;

    public LiveIndex Load(IndexState state)
    {
        IndexSnapshot.RemoveUnfinished(snapshotPath);
        if (state.Model is not { } model)
            return new LiveIndex(null, state, changesSinceSnapshot: File.Exists(snapshotPath) ? 1 : 0);

        var started = Stopwatch.GetTimestamp();
        var (index, stamp, fault) = ReadSnapshot(state, model.Dimension);
        index ??= SearchIndex.Create(model.Dimension);
        var removed = stamp is null ? [] : SnapshotRows.DeletedAfter(database, stamp.LastChange);
        index.Remove(removed);
        var changed = removed.Length + Upsert(index, stamp?.LastChange ?? 0);
        if (index.Count != state.Messages)
        {
            throw new DamagedDatabaseException(
                file.Path, new InvalidDataException($"{state.Messages} messages have {index.Count} vectors"));
        }

        var milliseconds = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (fault is null)
            LogReplayed(index.Count, changed, milliseconds);
        else
            LogRebuilt(index.Count, fault, milliseconds);
        return new LiveIndex(index, state, changed);
    }

    private (SearchIndex? Index, IndexSnapshotStamp? Stamp, string? Fault) ReadSnapshot(IndexState state, int dimension)
    {
        if (prepared?.Take() is { Usable: true } ready)
        {
            if (ready.Index.Dimension == dimension && SnapshotStamp.FindFault(ready.Stamp, database, state) is null)
                return (ready.Index, ready.Stamp, null);
            ready.Index.Dispose();
        }

        var reading = IndexSnapshot.Read(snapshotPath, dimension);
        if (!reading.Usable)
            return (null, null, reading.Detail);
        if (SnapshotStamp.FindFault(reading.Stamp, database, state) is not { } fault)
            return (reading.Index, reading.Stamp, null);
        reading.Index.Dispose();
        return (null, null, fault);
    }

    private long Upsert(SearchIndex index, long after)
    {
        var messages = new List<long>(VectorsAtOnce);
        var vectors = new Half[VectorsAtOnce * index.Dimension];
        long done = 0;
        using var rows = SnapshotRows.VectorsChangedAfter(database, after);
        while (rows.Read())
        {
            rows.Halves(1).CopyTo(vectors.AsSpan(messages.Count * index.Dimension, index.Dimension));
            messages.Add(rows.Integer(0));
            if (messages.Count == VectorsAtOnce)
                done += Flush(index, messages, vectors);
        }

        return done + Flush(index, messages, vectors);
    }

    private static int Flush(SearchIndex index, List<long> messages, Half[] vectors)
    {
        var count = messages.Count;
        index.Upsert(messages.ToArray(), vectors.AsSpan(0, count * index.Dimension));
        messages.Clear();
        return count;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Index of {Count} vectors read from its snapshot, {Changed} changes since then replayed, in {Milliseconds} ms")]
    private partial void LogReplayed(long count, long changed, long milliseconds);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Index of {Count} vectors rebuilt from the database in {Milliseconds} ms; its snapshot is not usable: {Fault}")]
    private partial void LogRebuilt(long count, string fault, long milliseconds);
}
