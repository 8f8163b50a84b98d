using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Stores the messages of one batch: adds the new ones, updates the known ones, links them all to their file.</summary>
internal sealed class BatchStoring
{
    private readonly WriteTransaction _transaction;
    private readonly MessageBatch _batch;
    private readonly FileRow _file;
    private readonly StoredConversations _conversations;
    private readonly int[]? _rows;

    // The vectors of changed messages, one after another.
    private readonly List<long> _changed = [];
    private readonly Half[] _vectors;

    /// <summary>Begins with a batch of a file.</summary>
    public BatchStoring(WriteTransaction transaction, MessageBatch batch, FileRow file)
    {
        _transaction = transaction;
        _batch = batch;
        _file = file;
        _conversations = new StoredConversations(transaction.Database, file);
        _vectors = new Half[batch.Vectors.Values.Length];
        if (batch.Embedded is not { } embedded)
            return;
        _rows = new int[batch.Messages.Count];
        _rows.AsSpan().Fill(-1);
        for (var row = 0; row < embedded.Count; row++)
            _rows[embedded[row]] = row;
    }

    /// <summary>Stores the messages from one on.</summary>
    /// <returns>False where a message needs a vector that did not come: some changes were made then, and are to be undone.</returns>
    public bool TryStore(int first)
    {
        var counts = default(MessageCounts);
        for (var i = first; i < _batch.Messages.Count; i++)
        {
            var message = _batch.Messages[i];
            var conversation = _conversations.Ensure(message);
            var identity = _file.AllowDuplicates || !message.IsIdentified ? null : message.Id;
            long id;
            if (identity is not null && MessageRows.Find(_transaction.Database, conversation, message) is { } known)
            {
                id = known.Id;
                if (known.IsUnchanged)
                    counts = counts with { Unchanged = counts.Unchanged + 1 };
                else if (TryUpdate(known, message, i))
                    counts = counts with { Updated = counts.Updated + 1 };
                else
                    return false;
            }
            else
            {
                if (TryTakeVector(i) is not { } vector)
                    return false;
                id = Insert(conversation, identity, message, vector);
                counts = counts with { New = counts.New + 1 };
            }

            LinkRows.Insert(_transaction.Database, _file.Id, message.Ordinal, id);
        }

        FileRows.Count(_transaction.Database, _file.Id, counts);
        if (_changed.Count > 0)
            _transaction.VectorChanges.Add(new([.. _changed], _vectors.AsMemory(0, _changed.Count * _batch.Vectors.Dimension)));
        return true;
    }

    private long Insert(long conversation, string? identity, ParsedMessage message, ReadOnlyMemory<Half> vector)
    {
        var id = _transaction.NextChange();
        MessageRows.Insert(_transaction.Database, id, conversation, identity, message, _transaction.State.Model!.Row, vector);
        _transaction.State = _transaction.State with { Messages = _transaction.State.Messages + 1 };
        _changed.Add(id);
        return id;
    }

    private bool TryUpdate(KnownMessage known, ParsedMessage message, int place)
    {
        if (!known.KeepsVector)
        {
            if (TryTakeVector(place) is not { } vector)
                return false;
            MessageRows.UpdateVector(_transaction.Database, known.Id, _transaction.State.Model!.Row, vector);
            _changed.Add(known.Id);
        }

        MessageRows.Update(_transaction.Database, known, _transaction.NextChange(), message);
        return true;
    }

    /// <summary>A message's vector, put behind those of the messages that changed before; null where it came without.</summary>
    private ReadOnlyMemory<Half>? TryTakeVector(int place)
    {
        var row = _rows is null ? place : _rows[place];
        if (row < 0)
            return null;
        var dimension = _batch.Vectors.Dimension;
        var taken = _vectors.AsMemory(_changed.Count * dimension, dimension);
        var from = _batch.Vectors[row];
        var to = taken.Span;
        for (var i = 0; i < to.Length; i++)
            to[i] = (Half)from[i];
        return taken;
    }
}
