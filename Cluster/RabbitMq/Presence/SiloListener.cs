using System.Text.Json;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ChatAnalysis.Cluster.RabbitMq.Presence;

/// <summary>Hears what the processes of the cluster tell of themselves.</summary>
internal sealed class SiloListener : IAsyncDisposable
{
    /// <summary>The exchange that carries announcements to everybody.</summary>
    public const string Exchange = "silos";

    private readonly SiloDirectory _silos;
    private readonly ChannelLoop _loop;

    /// <summary>Begins to listen as soon as there is a connection.</summary>
    public SiloListener(BrokerConnection broker, SiloDirectory silos, TimeProvider time, ILogger<SiloListener> logger)
    {
        _silos = silos;
        _loop = new ChannelLoop(broker, BeginAsync, time, logger);
    }

    /// <summary>Listens no more.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task BeginAsync(IChannel channel, CancellationToken open)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: false, autoDelete: false, cancellationToken: open);
        var queue = await channel.QueueDeclareAsync(cancellationToken: open);
        await channel.QueueBindAsync(queue.QueueName, Exchange, "", cancellationToken: open);
        await channel.ConsumeAsync(queue.QueueName, "", autoAck: true, (delivery, _) => Hear(delivery.Body.Span), open);
    }

    private Task Hear(ReadOnlySpan<byte> json)
    {
        if (JsonSerializer.Deserialize(json, GrainJson.Default.SiloAnnouncement) is { } announcement)
            _silos.Hear(announcement);
        return Task.CompletedTask;
    }
}
