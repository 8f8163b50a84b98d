using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Adds a batch of messages: rows, vectors, links.</summary>
internal sealed class MessageAdding(FileClaims claims)
{
    public AddOutcome Add(WriteTransaction transaction, MessageBatch batch)
    {
        if (FileClaims.FindHeld(transaction, batch.Claim) is not { } file)
            return AddOutcome.Superseded;
        var first = FirstNew(batch, file);
        if (first < batch.Messages.Count)
        {
            if (!IsOfModel(batch, transaction.State.Model))
                return AddOutcome.WrongModel;
            if (batch.Embedded is null)
                TryStore(transaction, batch, file, first);
            else if (!transaction.Try(() => TryStore(transaction, batch, file, first)))
                return AddOutcome.VectorsMissing;
        }

        claims.Renew(transaction, file, file.NextOrdinal + batch.Messages.Count - first, expected: null);
        return AddOutcome.Added;
    }

    /// <summary>The place in the batch of the first message that is not stored; those before were added by an earlier call.</summary>
    private static int FirstNew(MessageBatch batch, FileRow file)
    {
        var embedded = batch.Embedded?.Count ?? batch.Messages.Count;
        if (batch.Vectors.Count != embedded)
            throw new ArgumentException($"{embedded} messages came with {batch.Vectors.Count} vectors", nameof(batch));
        if (batch.Messages.Count == 0)
            return 0;
        var start = batch.Messages[0].Ordinal;
        if (start > file.NextOrdinal)
            throw new ArgumentException($"File {file.Id} goes on at message {file.NextOrdinal}, the batch at {start}", nameof(batch));
        for (var i = 1; i < batch.Messages.Count; i++)
            if (batch.Messages[i].Ordinal != start + i)
                throw new ArgumentException($"After message {start + i - 1} comes {batch.Messages[i].Ordinal}", nameof(batch));
        return (int)Math.Min(file.NextOrdinal - start, batch.Messages.Count);
    }

    private static bool IsOfModel(MessageBatch batch, ActiveModel? active)
    {
        if (batch.Vectors.Count == 0 || active is null)
            return true;
        if (active.Id != batch.Model)
            return false;
        if (active.Dimension != batch.Vectors.Dimension)
        {
            throw new ArgumentException(
                $"Vectors of {active.Id} have {active.Dimension} components, not {batch.Vectors.Dimension}", nameof(batch));
        }

        return true;
    }

    /// <summary>Stores the messages from one on.</summary>
    /// <returns>False where a message needs a vector that did not come: some changes were made then, and are to be undone.</returns>
    private static bool TryStore(WriteTransaction transaction, MessageBatch batch, FileRow file, int first)
    {
        if (batch.Vectors.Count > 0 && transaction.State.Model is null)
        {
            transaction.State = transaction.State with
            {
                Model = ModelRows.Ensure(transaction.Database, batch.Model!, batch.Vectors.Dimension),
            };
        }

        return new BatchStoring(transaction, batch, file).TryStore(first);
    }
}
