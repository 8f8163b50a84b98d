using System.Globalization;
using System.Text;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.Tracing;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>Serves a grain's methods from queues of the broker.</summary>
/// <remarks>A call is acknowledged once it is answered, so that the calls of a process that dies go to another at once.</remarks>
internal sealed partial class CallServer : IAsyncDisposable
{
    private static readonly TimeSpan RequeuePause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly GrainMethods _methods;
    private readonly IReadOnlyList<ServedQueue> _queues;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly InFlight _inFlight = new();
    private readonly ChannelLoop _loop;
    private volatile IChannel? _channel;

    /// <summary>Begins to serve as soon as there is a connection.</summary>
    public CallServer(
        BrokerConnection broker, GrainMethods methods, IReadOnlyList<ServedQueue> queues, TimeProvider time, ILogger<CallServer> logger)
    {
        _methods = methods;
        _queues = queues;
        _time = time;
        _logger = logger;
        _loop = new ChannelLoop(broker, BeginAsync, time, logger);
    }

    /// <summary>Takes no more calls, ends those under way, and leaves the rest to others.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _inFlight.WhenNoneAsync().WaitAsync(Patience, _time).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await _loop.DisposeAsync();
    }

    /// <summary>Takes no more calls; those under way go on.</summary>
    public async Task CloseAsync()
    {
        if (_channel is { } channel)
            foreach (var queue in _queues)
                await channel.CancelConsumerAsync(queue.Name);
    }

    private async Task BeginAsync(IChannel channel, CancellationToken open)
    {
        foreach (var queue in _queues)
        {
            await channel.QueueDeclareAsync(
                queue.Name, durable: true, exclusive: false, autoDelete: false, queue.Arguments, cancellationToken: open);
            await channel.BasicQosAsync(0, queue.Prefetch, global: false, open);
            await channel.ConsumeAsync(queue.Name, queue.Name, autoAck: false, (delivery, _) => Take(channel, queue, delivery, open), open);
        }

        _channel = channel;
    }

    private Task Take(IChannel channel, ServedQueue queue, BasicDeliverEventArgs delivery, CancellationToken open)
    {
        // The buffer is the client's, and the next delivery must not wait for this call's end.
        var call = new ReceivedCall(
            delivery.DeliveryTag,
            delivery.BasicProperties.Type ?? "",
            delivery.Body.ToArray(),
            delivery.BasicProperties.ReplyTo ?? "",
            delivery.BasicProperties.CorrelationId ?? "",
            TimeSpan.FromMilliseconds(long.TryParse(delivery.BasicProperties.Expiration, out var ms) ? ms : 0),
            CallTrace.Extract(delivery.BasicProperties),
            IsLost: queue.BegunOnce && delivery.Redelivered);
        _inFlight.Begin();
        _ = Task.Run(() => ServeAsync(channel, call, open), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task ServeAsync(IChannel channel, ReceivedCall call, CancellationToken open)
    {
        try
        {
            if (await WorkAsync(call, open) is not var (kind, body))
            {
                await channel.BasicAckAsync(call.Tag, multiple: false, open);
                return;
            }

            if (kind == AnswerKind.None)
            {
                // Not for this process: another may hold what is asked for, or this one soon.
                await Task.Delay(RequeuePause, _time, open);
                await channel.BasicNackAsync(call.Tag, multiple: false, requeue: true, open);
                return;
            }

            var properties = new BasicProperties { CorrelationId = call.CorrelationId, Type = kind.ToString() };
            await channel.BasicPublishAsync("", call.ReplyTo, mandatory: false, properties, body, open);
            await channel.BasicAckAsync(call.Tag, multiple: false, open);
        }
        catch (Exception e) when (e.IsBrokerFaultOrEnd())
        {
            // The channel is gone: the broker gives the call to whoever serves next, or drops it when its time is over.
        }
        finally
        {
            _inFlight.End();
        }
    }

    /// <summary>Has the call worked on.</summary>
    /// <returns>Null where its time was over: its caller sends it again, and must not, if it was paused, find a fault there.</returns>
    private async Task<(AnswerKind Kind, byte[] Body)?> WorkAsync(ReceivedCall call, CancellationToken open)
    {
        if (call.IsLost)
            return (AnswerKind.Lost, []);
        GrainTrace.ComesFrom(call.TraceParent);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(open);
        using var timer = call.Timeout > TimeSpan.Zero
            ? _time.CreateTimer(_ => deadline.Cancel(), null, call.Timeout, Timeout.InfiniteTimeSpan)
            : null;
        try
        {
            return (AnswerKind.Answer, await _methods.ServeAsync(call.Method, call.Body, deadline.Token));
        }
        catch (UnavailableException)
        {
            return (AnswerKind.None, []);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            open.ThrowIfCancellationRequested();
            return null;
        }
        catch (IOException e)
        {
            return (AnswerKind.IoFault, Encoding.UTF8.GetBytes(e.Message));
        }
#pragma warning disable CA1031 // Whoever called is told; the others are served on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, call.Method);
            return (AnswerKind.Fault, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{e.GetType().Name}: {e.Message}")));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The call {Method} failed")]
    private partial void LogFailed(Exception exception, string method);
}
