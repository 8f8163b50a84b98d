using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Grains.Interfaces;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ChatAnalysis.Cluster.RabbitMq.Presence;

/// <summary>How many messages wait in the broker's queues.</summary>
internal sealed class QueueDepths(BrokerConnection broker, TimeProvider time) : IDisposable
{
    private const int NotFound = 404;

    // However many look at the cluster, the broker is asked once a second.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<QueueStatus> _last = [];
    private long? _asked;

    /// <summary>Those of these queues that there are. While the broker does not answer, as they were when it last did.</summary>
    public async Task<IReadOnlyList<QueueStatus>> ReadAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (broker.IsConnected && !(_asked is { } asked && time.GetElapsedTime(asked) < Fresh))
            {
                using var patience = new CancellationTokenSource(Patience, time);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
                _last = await AskAsync(names, ending.Token);
                _asked = time.GetTimestamp();
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && e is RabbitMQClientException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            _asked = time.GetTimestamp();
        }
        finally
        {
            _one.Release();
        }

        return _last;
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<QueueStatus>> AskAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var connection = await broker.GetAsync(cancellationToken);
        var depths = new List<QueueStatus>();
        IChannel? channel = null;
        try
        {
            foreach (var name in names)
            {
                channel = channel is { IsOpen: true } ? channel : await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                try
                {
                    depths.Add(new QueueStatus(name, await channel.MessageCountAsync(name, cancellationToken)));
                }
                catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == NotFound)
                {
                    // Nobody has needed it yet. The broker has closed the channel over the question.
                    _ = CloseAsync(channel);
                    channel = null;
                }
            }

            return depths;
        }
        finally
        {
            // Not awaited: a broker that is silent would keep this waiting for long.
            if (channel is not null)
                _ = CloseAsync(channel);
        }
    }

    private static async Task CloseAsync(IChannel channel)
    {
        try
        {
            await channel.DisposeAsync();
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It is gone already.
        }
    }
}
