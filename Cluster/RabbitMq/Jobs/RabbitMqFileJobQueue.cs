using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

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
    public async ValueTask EnqueueAsync(FileJob job, CancellationToken cancellationToken) =>
        await AskAsync(
            async (channel, ending) =>
            {
                await new JobMessage(job, Failures: 0).PublishAsync(channel, FileJobQueues.Files, delay: null, ending);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="UnavailableException">The broker does not answer.</exception>
    public async ValueTask<long> CountWaitingAsync(CancellationToken cancellationToken)
    {
        // One question at a time: the protocol's answers carry no number.
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await AskAsync(
                async (channel, ending) => await channel.MessageCountAsync(FileJobQueues.Files, ending)
                    + await channel.MessageCountAsync(FileJobQueues.Delayed, ending),
                cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Closes its channel.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    /// <summary>Asks the broker for something, and gives up on one that is silent or away.</summary>
    private async Task<T> AskAsync<T>(Func<IChannel, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = _time.CreateTimer(_ => ending.Cancel(), null, FileJobQueues.Patience, Timeout.InfiniteTimeSpan);
        try
        {
            return await ask(await _channel.Task.WaitAsync(ending.Token), ending.Token);
        }
        catch (Exception e) when (e.IsBrokerFault()
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new UnavailableException($"The queue {FileJobQueues.Files} does not answer", e);
        }
    }

    private static TaskCompletionSource<IChannel> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task BeginAsync(IChannel channel, CancellationToken open)
    {
        open.Register(() =>
        {
            // Whoever waits for a channel goes on waiting where this one was never lent.
            if (_channel.Task.IsCompleted)
                _channel = New();
        });
        await FileJobQueues.DeclareAsync(channel, open);
        _channel.TrySetResult(channel);
    }
}
