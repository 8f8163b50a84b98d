using System.Text.Json;
using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ChatAnalysis.Cluster.RabbitMq.Presence;

/// <summary>Tells all others, every two seconds, that this process is there and how busy.</summary>
internal sealed class Announcer : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly ProcessLoad _process;
    private readonly TimeProvider _time;
    private readonly ChannelLoop _loop;
    private readonly SemaphoreSlim _one = new(1);
    private volatile IChannel? _channel;
    private ModelId? _model;
    private volatile bool _owner;

    /// <summary>Begins to announce as soon as there is a connection.</summary>
    public Announcer(BrokerConnection broker, ProcessLoad process, TimeProvider time, ILogger<Announcer> logger)
    {
        _process = process;
        _time = time;
        _loop = new ChannelLoop(broker, BeginAsync, time, logger);
    }

    /// <summary>From now on this process embeds with a model.</summary>
    public Task EmbedsWithAsync(ModelId model)
    {
        Volatile.Write(ref _model, model);
        return AnnounceAsync(_channel, leaving: false);
    }

    /// <summary>From now on this process owns the index, or does not any more.</summary>
    public Task OwnsIndexAsync(bool owner)
    {
        _owner = owner;
        return AnnounceAsync(_channel, leaving: false);
    }

    /// <summary>Says farewell.</summary>
    public async ValueTask DisposeAsync()
    {
        await AnnounceAsync(_channel, leaving: true);
        await _loop.DisposeAsync();
    }

    private async Task BeginAsync(IChannel channel, CancellationToken open)
    {
        await channel.ExchangeDeclareAsync(
            SiloListener.Exchange, ExchangeType.Fanout, durable: false, autoDelete: false, cancellationToken: open);
        _channel = channel;
        _ = AnnounceAllAsync(channel, open);
    }

    private async Task AnnounceAllAsync(IChannel channel, CancellationToken open)
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            do
                await AnnounceAsync(channel, leaving: false);
            while (await timer.WaitForNextTickAsync(open));
        }
        catch (OperationCanceledException)
        {
            // The channel is gone; the next one begins anew.
        }
    }

    private async Task AnnounceAsync(IChannel? channel, bool leaving)
    {
        if (channel is not { IsOpen: true })
            return;
        await _one.WaitAsync();
        try
        {
            var announcement = new SiloAnnouncement(_process.Read(), Volatile.Read(ref _model), _owner, leaving);
            await channel.BasicPublishAsync(
                SiloListener.Exchange, "", JsonSerializer.SerializeToUtf8Bytes(announcement, GrainJson.Default.SiloAnnouncement));
        }
        catch (Exception e) when (e.IsBrokerFault())
        {
            // The channel is gone; the next one begins anew.
        }
        finally
        {
            _one.Release();
        }
    }
}
