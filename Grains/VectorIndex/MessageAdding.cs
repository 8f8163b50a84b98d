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
            if (!TryUseModel(transaction, batch))
                return AddOutcome.WrongModel;
            AddFrom(transaction, batch, file, first);
        }

        claims.Renew(transaction, file, file.NextOrdinal + batch.Messages.Count - first, expected: null);
        return AddOutcome.Added;
    }

    /// <summary>The place in the batch of the first message that is not stored; those before were added by an earlier call.</summary>
    private static int FirstNew(MessageBatch batch, FileRow file)
    {
        if (batch.Vectors.Count != batch.Messages.Count)
            throw new ArgumentException($"{batch.Messages.Count} messages came with {batch.Vectors.Count} vectors", nameof(batch));
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

    private static bool TryUseModel(WriteTransaction transaction, MessageBatch batch)
    {
        var active = transaction.State.Model;
        if (active is null)
        {
            transaction.State = transaction.State with
            {
                Model = ModelRows.Ensure(transaction.Database, batch.Model, batch.Vectors.Dimension),
            };
            return true;
        }

        if (active.Id != batch.Model)
            return false;
        if (active.Dimension != batch.Vectors.Dimension)
        {
            throw new ArgumentException(
                $"Vectors of {active.Id} have {active.Dimension} components, not {batch.Vectors.Dimension}", nameof(batch));
        }

        return true;
    }

    private static void AddFrom(WriteTransaction transaction, MessageBatch batch, FileRow file, int first)
    {
        var dimension = batch.Vectors.Dimension;
        var count = batch.Messages.Count - first;
        var vectors = ToHalf(batch.Vectors.Values.Span[(first * dimension)..]);
        var changed = new List<long>(count);
        var conversation = (Of: default(ConversationRef), Row: 0L);
        for (var i = 0; i < count; i++)
        {
            var message = batch.Messages[first + i];
            if (message.Conversation != conversation.Of)
                conversation = (message.Conversation, EnsureConversation(transaction.Database, file, message.Conversation));
            var vector = vectors.AsMemory(i * dimension, dimension);
            var (id, isChanged) = Store(transaction, file, conversation.Row, message, vector);
            LinkRows.Insert(transaction.Database, file.Id, message.Ordinal, id);
            if (!isChanged)
                continue;
            if (changed.Count != i)
                vector.CopyTo(vectors.AsMemory(changed.Count * dimension));
            changed.Add(id);
        }

        if (changed.Count > 0)
            transaction.VectorChanges.Add(new([.. changed], vectors.AsMemory(0, changed.Count * dimension)));
    }

    private static Half[] ToHalf(ReadOnlySpan<float> vectors)
    {
        var halves = new Half[vectors.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)vectors[i];
        return halves;
    }

    private static long EnsureConversation(DatabaseConnection database, FileRow file, ConversationRef conversation) =>
        conversation.Id is null || file.AllowDuplicates
            ? ConversationRows.EnsureByPlace(database, file.Id, conversation)
            : ConversationRows.EnsureById(database, conversation);

    private static (long Id, bool Changed) Store(
        WriteTransaction transaction, FileRow file, long conversation, ParsedMessage message, ReadOnlyMemory<Half> vector)
    {
        var model = transaction.State.Model!.Row;
        var identity = message.Conversation.Id is null || file.AllowDuplicates ? null : message.Id;
        if (identity is not null && MessageRows.Find(transaction.Database, conversation, identity, message.Text) is { } known)
        {
            if (!known.SameText)
                MessageRows.Update(transaction.Database, known.Id, transaction.NextChange(), message, model, vector);
            return (known.Id, !known.SameText);
        }

        var id = transaction.NextChange();
        MessageRows.Insert(transaction.Database, id, conversation, identity, message, model, vector);
        transaction.State = transaction.State with { Messages = transaction.State.Messages + 1 };
        return (id, true);
    }
}
