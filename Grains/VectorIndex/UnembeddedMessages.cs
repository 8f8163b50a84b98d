using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Finds the messages of a batch that need a vector, before they are added.</summary>
internal static class UnembeddedMessages
{
    /// <summary>Their places in the batch: all, where nothing is known of the file's conversations.</summary>
    public static IReadOnlyList<int> Find(DatabaseConnection database, MessageBatch batch)
    {
        if (FileRows.Find(database, batch.Claim.FileId) is not { AllowDuplicates: false } file)
            return [.. Enumerable.Range(0, batch.Messages.Count)];
        var places = new List<int>();
        var conversations = new Dictionary<ConversationRef, long?>();
        var last = (Of: default(ConversationRef), Row: default(long?));
        for (var i = 0; i < batch.Messages.Count; i++)
        {
            var message = batch.Messages[i];
            if (message.Conversation != last.Of)
            {
                if (!conversations.TryGetValue(message.Conversation, out var row))
                    conversations.Add(message.Conversation, row = StoredConversations.Find(database, file, message.Conversation));
                last = (message.Conversation, row);
            }

            if (!message.IsIdentified || last.Row is not { } conversation
                || MessageRows.Find(database, conversation, message) is not { KeepsVector: true })
            {
                places.Add(i);
            }
        }

        return places;
    }
}
