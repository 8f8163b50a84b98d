using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ChatAnalysis.Cluster.RabbitMq.Jobs;

/// <summary>Carries jobs through a quorum queue of the broker.</summary>
internal sealed class RabbitMqFileJobQueue : IFileJobQueue, IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly ChannelLoop _loop;
    private readonly SemaphoreSlim _one = new(1);
    private volatile TaskCompletionSource<IChannel> _channel = New();

    /// <summary>Opens its channel as soon as there is a connection.</summary>
    public RabbitMqFileJobQueue(BrokerConnection broker, TimeProvider time, ILogger<RabbitMqFileJobQueue> logger)
    {
        _time = time;
        _loop = new ChannelLoop(broker, BeginAsync, time, logger, confirmed: true);
    }

    /// <inheritdoc/>
    public bool ParsersOutliveOwner => true;

    /// <inheritdoc/>
    /// <exception cref="UnavailableException">The broker does not take the job over.</exception>
    public async ValueTask EnqueueAsync(FileJob job, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = _time.CreateTimer(_ => ending.Cancel(), null, FileJobQueues.Patience, Timeout.InfiniteTimeSpan);
        try
        {
            var channel = await _channel.Task.WaitAsync(ending.Token);
            await new JobMessage(job, Failures: 0).PublishAsync(channel, FileJobQueues.Files, delay: null, ending.Token);
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or ObjectDisposedException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new UnavailableException("RabbitMQ does not take the job over", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountWaitingAsync(CancellationToken cancellationToken)
    {
        var channel = await _channel.Task.WaitAsync(cancellationToken);

        // One question at a time: the protocol's answers carry no number.
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await channel.MessageCountAsync(FileJobQueues.Files, cancellationToken)
                + await channel.MessageCountAsync(FileJobQueues.Delayed, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Closes its channel.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private static TaskCompletionSource<IChannel> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task BeginAsync(IChannel channel, CancellationToken open)
    {
        open.Register(() => _channel = New());
        await FileJobQueues.DeclareAsync(channel, open);
        _channel.TrySetResult(channel);
    }
}
