using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.Tracing;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>Calls grains in other processes: request and answer through the broker, by its direct reply-to.</summary>
/// <remarks>
/// A call that is not answered in time, or whose connection breaks, is sent again: all grain methods may be repeated. What
/// nobody takes in time is dropped by the broker, so that nobody begins with what its caller has given up.
/// </remarks>
internal sealed class CallClient : IAsyncDisposable
{
    private const string ReplyTo = "amq.rabbitmq.reply-to";

    // Calls of this process under way on one queue; more wait here rather than in the broker's memory.
    private const int MostInFlight = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<CallAnswer>> _pending = [];
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = [];
    private readonly BrokerConnection _broker;
    private readonly TimeProvider _time;
    private readonly ChannelLoop _loop;
    private volatile TaskCompletionSource<IChannel> _channel = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number;

    /// <summary>Begins to listen for answers as soon as there is a connection.</summary>
    public CallClient(BrokerConnection broker, TimeProvider time, ILogger<CallClient> logger)
    {
        _broker = broker;
        _time = time;
        _loop = new ChannelLoop(broker, BeginAsync, time, logger);
    }

    /// <summary>Calls a method.</summary>
    /// <param name="queue">Whose consumers serve it.</param>
    /// <param name="method">The method.</param>
    /// <param name="call">What is sent.</param>
    /// <param name="timeout">How long to wait for the answer before it is sent again.</param>
    /// <param name="patience">How long to try; infinite for ever.</param>
    /// <param name="cancellationToken">Ends the wait; whoever works on it may go on.</param>
    /// <exception cref="UnavailableException">Nobody answered while patience lasted.</exception>
    /// <exception cref="IOException">The grain's machine failed, such as its disk.</exception>
    /// <exception cref="GrainFaultException">The grain failed.</exception>
    /// <exception cref="CallLostException">Its server died, and the queue is one whose calls are begun once.</exception>
    public async Task<TAnswer> CallAsync<TCall, TAnswer>(
        string queue, GrainMethod<TCall, TAnswer> method, TCall call, TimeSpan timeout, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var trace = GrainTrace.BeginCall(method.Name);
        var body = method.WriteCall(call);
        var places = _places.GetOrAdd(queue, _ => new SemaphoreSlim(MostInFlight));
        await places.WaitAsync(cancellationToken);
        var began = _time.GetTimestamp();
        try
        {
            while (true)
            {
                var rest = patience < TimeSpan.Zero ? timeout : patience - _time.GetElapsedTime(began);
                var answer = await SendAsync(queue, method.Name, body, Clamp(rest, timeout), cancellationToken);
                switch (answer.Kind)
                {
                    case AnswerKind.Answer:
                        return method.ReadAnswer(answer.Body);
                    case AnswerKind.IoFault:
                        throw new IOException(answer.Reason);
                    case AnswerKind.Fault:
                        throw new GrainFaultException(method.Name, answer.Reason);
                    case AnswerKind.Lost:
                        throw new CallLostException(method.Name);
                }

                if (patience >= TimeSpan.Zero && _time.GetElapsedTime(began) + Pause >= patience)
                    throw new UnavailableException(answer.Reason);
                await Task.Delay(Pause, _time, cancellationToken);
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Ends; calls under way are not answered any more.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task<CallAnswer> SendAsync(
        string queue, string method, byte[] body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = _time.CreateTimer(_ => ending.Cancel(), null, timeout, Timeout.InfiniteTimeSpan);
        var id = Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);
        var pending = new TaskCompletionSource<CallAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var channel = await _channel.Task.WaitAsync(ending.Token);
            _pending[id] = pending;
            var properties = new BasicProperties
            {
                Type = method,
                CorrelationId = id,
                ReplyTo = ReplyTo,
                // What is left of the time: a channel may have been waited for.
                Expiration = Math.Max(1, (long)(timeout - _time.GetElapsedTime(began)).TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
            };
            CallTrace.Inject(properties);
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, body, ending.Token);

            // The channel may have been lost since it was lent: then nobody else ends this wait.
            if (!channel.IsOpen)
                return CallAnswer.None(Away);
            return await pending.Task.WaitAsync(ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CallAnswer.None(_broker.IsConnected ? $"{queue} did not answer within {timeout.TotalSeconds:0.#} s" : Away);
        }
        catch (Exception e) when (e.IsBrokerFault())
        {
            return CallAnswer.None(Away);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    private static TimeSpan Clamp(TimeSpan rest, TimeSpan timeout) => rest < Pause ? Pause : rest < timeout ? rest : timeout;

    private string Away => $"RabbitMQ at {_broker.Address} is not reached";

    private async Task BeginAsync(IChannel channel, CancellationToken open)
    {
        open.Register(() =>
        {
            // Whoever waits for a channel goes on waiting where this one was never lent.
            if (_channel.Task.IsCompleted)
                _channel = new(TaskCreationOptions.RunContinuationsAsynchronously);
            foreach (var pending in _pending.Values)
                pending.TrySetResult(CallAnswer.None(Away));
        });
        channel.BasicReturnAsync += (_, returned) =>
        {
            Settle(returned.BasicProperties.CorrelationId, CallAnswer.None($"nobody serves {returned.RoutingKey}"));
            return Task.CompletedTask;
        };
        var answers = new AsyncEventingBasicConsumer(channel);
        answers.ReceivedAsync += (_, delivery) =>
        {
            Settle(delivery.BasicProperties.CorrelationId, Read(delivery));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(ReplyTo, autoAck: true, answers, open);
        _channel.TrySetResult(channel);
    }

    private void Settle(string? id, CallAnswer answer)
    {
        if (id is not null && _pending.TryGetValue(id, out var pending))
            pending.TrySetResult(answer);
    }

    private static CallAnswer Read(BasicDeliverEventArgs delivery)
    {
        // The body is the client's buffer, which it uses again.
        var body = delivery.Body.ToArray();
        return Enum.TryParse<AnswerKind>(delivery.BasicProperties.Type, out var kind) && kind != AnswerKind.Answer
            ? new CallAnswer(kind, [], Encoding.UTF8.GetString(body))
            : new CallAnswer(AnswerKind.Answer, body);
    }
}
