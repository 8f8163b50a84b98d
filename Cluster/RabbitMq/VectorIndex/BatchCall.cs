using System.Runtime.InteropServices;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.VectorIndex;

/// <summary>
/// The argument of <see cref="IVectorIndexGrain.AddMessagesAsync"/> and <see cref="IVectorIndexGrain.FindUnembeddedAsync"/>: each
/// conversation once, with its participants and sample, instead of with each of its messages.
/// </summary>
internal sealed record BatchCall(
    FileClaimKey Claim,
    IReadOnlyList<ConversationRef> Conversations,
    IReadOnlyList<MessageCall> Messages,
    ModelId? Model,
    VectorBlock Vectors,
    IReadOnlyList<int>? Embedded)
{
    /// <summary>What is sent for a batch.</summary>
    public static BatchCall Of(MessageBatch batch)
    {
        var conversations = new List<ConversationRef>();
        var places = new Dictionary<ConversationRef, int>(ReferenceEqualityComparer.Instance);
        var messages = new List<MessageCall>(batch.Messages.Count);
        foreach (var message in batch.Messages)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, message.Conversation, out var known);
            if (!known)
            {
                place = conversations.Count;
                conversations.Add(message.Conversation);
            }

            messages.Add(MessageCall.Of(message, place));
        }

        return new BatchCall(batch.Claim, conversations, messages, batch.Model, batch.Vectors, batch.Embedded);
    }

    /// <summary>The batch that was sent.</summary>
    public MessageBatch ToBatch() =>
        new(Claim, [.. Messages.Select(message => message.ToMessage(Conversations))], Model, Vectors) { Embedded = Embedded };
}
