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
    private Task<IReadOnlyList<QueueStatus>> _asking = Task.FromResult<IReadOnlyList<QueueStatus>>([]);
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
                // The client cannot be stopped while it waits for a broker: where it hangs, the same question is waited for again.
                if (_asking.IsCompleted)
                    _asking = AskAsync(names);
                _last = await _asking.WaitAsync(Patience, time, cancellationToken);
                _asked = time.GetTimestamp();
            }
        }
        catch (Exception e) when (e.IsBrokerFault()
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
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

    private async Task<IReadOnlyList<QueueStatus>> AskAsync(IReadOnlyList<string> names)
    {
        var connection = await broker.GetAsync(CancellationToken.None);
        var depths = new List<QueueStatus>();
        IChannel? channel = null;
        try
        {
            foreach (var name in names)
            {
                channel ??= await connection.CreateChannelAsync();
                try
                {
                    depths.Add(new QueueStatus(name, await channel.MessageCountAsync(name)));
                }
                catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == NotFound)
                {
                    // Nobody has needed it yet. The broker has closed the channel over the question.
                    await channel.DisposeAsync();
                    channel = null;
                }
            }

            return depths;
        }
        finally
        {
            if (channel is not null)
                await channel.DisposeAsync();
        }
    }
}
