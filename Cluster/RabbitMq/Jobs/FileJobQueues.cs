using RabbitMQ.Client;

namespace ChatAnalysis.Cluster.RabbitMq.Jobs;

/// <summary>The queues that carry files to the parsers.</summary>
internal static class FileJobQueues
{
    /// <summary>Jobs for whoever has time. Replicated where the broker is a cluster of its own.</summary>
    public const string Files = "files";

    /// <summary>Jobs whose parser ended with an exception: when their delay is over, the broker moves them to the others.</summary>
    public const string Delayed = "files.delayed";

    // Past so many deliveries the broker drops a job; the owner's rows bring it back, and count what was begun in vain.
    private const int DeliveryLimit = 20;

    /// <summary>How long a queue may take to answer; past it, it is taken for broken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Declares both, so that it matters to nobody who was there first.</summary>
    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.QueueDeclareAsync(
            Files, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = DeliveryLimit },
            cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            Delayed, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-dead-letter-exchange"] = "", ["x-dead-letter-routing-key"] = Files },
            cancellationToken: cancellationToken);
    }
}
