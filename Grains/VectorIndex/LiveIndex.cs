using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The vectors in memory, kept equal to the committed rows.</summary>
internal sealed class LiveIndex(SearchIndex? index, IndexState state, long changesSinceSnapshot) : IDisposable
{
    // Held while a transaction's changes are applied, and while a snapshot is written: it is of one moment.
    private readonly Lock _changing = new();
    private volatile SearchIndex? _index = index;
    private IndexState _state = state;
    private long _changes = changesSinceSnapshot;
    private bool _incomplete;

    /// <summary>Messages whose vectors are not in the snapshot as they are here.</summary>
    public long ChangesSinceSnapshot => Interlocked.Read(ref _changes);

    /// <summary>Takes over what a transaction changed.</summary>
    public void Apply(WriteTransaction transaction)
    {
        lock (_changing)
        {
            _incomplete = true;
            foreach (var change in transaction.VectorChanges)
                Apply(change);
            _incomplete = false;
            _state = transaction.State;
        }
    }

    /// <summary>The nearest messages, of all or of those that are allowed.</summary>
    public IReadOnlyList<Neighbour> Search(ReadOnlySpan<float> query, int k, IdSet? allowed) => _index?.Search(query, k, allowed) ?? [];

    /// <summary>Copies the vectors of messages out.</summary>
    /// <returns>[messages x dimension], and the dimension.</returns>
    public (float[] Vectors, int Dimension) Copy(ReadOnlySpan<long> messages)
    {
        if (messages.IsEmpty || _index is not { } index)
            return ([], 1);
        var vectors = new float[messages.Length * index.Dimension];
        index.CopyVectors(messages, vectors);
        return (vectors, index.Dimension);
    }

    /// <summary>Writes the index as it is now; an empty one is no file.</summary>
    /// <param name="path">The snapshot's file.</param>
    /// <param name="token">Under which the database knows the snapshot.</param>
    /// <returns>The last change that it holds.</returns>
    public long WriteSnapshot(string path, string token)
    {
        lock (_changing)
        {
            if (_incomplete)
                throw new IOException("The index in memory is incomplete after an error; the next start makes it anew");
            if (_index is null || _state.Model is null)
                File.Delete(path);
            else
                IndexSnapshot.Write(path, _index, SnapshotStamp.Create(_state, token));
            Interlocked.Exchange(ref _changes, 0);
            return _state.LastChange;
        }
    }

    public void Dispose() => _index?.Dispose();

    private void Apply(VectorChange change)
    {
        Interlocked.Add(ref _changes, change.Messages.Length);
        if (change.Vectors.IsEmpty)
        {
            _index?.Remove(change.Messages);
            return;
        }

        // After everything was deleted, a model of another dimension may follow. Searches may still be on the old index, so
        // that it is left to the garbage collector.
        var dimension = change.Vectors.Length / change.Messages.Length;
        if (_index?.Dimension != dimension)
            _index = SearchIndex.Create(dimension);
        _index.Upsert(change.Messages, change.Vectors.Span);
    }
}
