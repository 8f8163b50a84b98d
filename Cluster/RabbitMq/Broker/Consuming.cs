using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ChatAnalysis.Cluster.RabbitMq.Broker;

/// <summary>Consumes a queue so that its loss is noticed.</summary>
internal static class Consuming
{
    // A broker that hangs must not keep a process from stopping well.
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(2);

    /// <summary>Begins to consume. Where the broker takes the queue away, the channel is closed, so that its loop begins anew.</summary>
    public static async Task ConsumeAsync(
        this IChannel channel,
        string queue,
        string consumerTag,
        bool autoAck,
        Func<BasicDeliverEventArgs, CancellationToken, Task> handle,
        CancellationToken open)
    {
        var consumer = new CancellableConsumer(channel, open);
        consumer.ReceivedAsync += (_, delivery) => handle(delivery, open);
        await channel.BasicConsumeAsync(
            queue, autoAck, consumerTag, noLocal: false, exclusive: false, arguments: null, consumer, open);
    }

    /// <summary>Takes no more deliveries; those taken can still be answered.</summary>
    public static async Task CancelConsumerAsync(this IChannel channel, string consumerTag)
    {
        using var patience = new CancellationTokenSource(CancelPatience);
        try
        {
            if (channel.IsOpen)
                await channel.BasicCancelAsync(consumerTag, cancellationToken: patience.Token);
        }
        catch (Exception e) when (e.IsBrokerFaultOrEnd())
        {
            // The broker is away, and so is the consumer.
        }
    }

    private sealed class CancellableConsumer(IChannel channel, CancellationToken open) : AsyncEventingBasicConsumer(channel)
    {
        public override async Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
        {
            await base.HandleBasicCancelAsync(consumerTag, cancellationToken);
            // Not awaited: closing waits for the consumers' work, of which this is part.
            if (!open.IsCancellationRequested)
                _ = Channel.CloseAsync(200, "the queue is gone", abort: true, CancellationToken.None);
        }
    }
}
