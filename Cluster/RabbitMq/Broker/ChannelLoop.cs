using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ChatAnalysis.Cluster.RabbitMq.Broker;

/// <summary>Work on a channel of its own that goes on through lost connections, closed channels and emptied brokers.</summary>
/// <remarks>Whatever it needs of the broker it declares each time it begins, so that nothing depends on what the broker remembers.</remarks>
internal sealed partial class ChannelLoop : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly BrokerConnection _broker;
    private readonly Func<IChannel, CancellationToken, Task> _begin;
    private readonly ushort? _confirmsInFlight;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    /// <summary>Starts.</summary>
    /// <param name="broker">The connection.</param>
    /// <param name="begin">Declares and consumes; its token is cancelled when the channel is gone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told when it has to begin anew.</param>
    /// <param name="confirmed">Whether a publish is answered only once the broker has taken the message over.</param>
    public ChannelLoop(
        BrokerConnection broker, Func<IChannel, CancellationToken, Task> begin, TimeProvider time, ILogger logger, bool confirmed = false)
    {
        _broker = broker;
        _begin = begin;
        _confirmsInFlight = confirmed ? (ushort)256 : null;
        _time = time;
        _logger = logger;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends: the channel is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(await _broker.GetAsync(_stopping.Token));
                await Task.Delay(Pause, _time, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // As with the connection: each failure of the broker's is a reason to begin anew.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogBroken(exception.GetBaseException().Message);
                await Task.Delay(Pause, _time, CancellationToken.None);
            }
        }
    }

    private async Task RunOnceAsync(IConnection connection)
    {
        var options = new CreateChannelOptions(
            publisherConfirmationsEnabled: _confirmsInFlight is not null,
            publisherConfirmationTrackingEnabled: _confirmsInFlight is not null);
        await using var channel = await connection.CreateChannelAsync(options, _stopping.Token);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        using var open = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        try
        {
            await _begin(channel, open.Token);
            if (channel.IsOpen)
                await closed.Task.WaitAsync(_stopping.Token);
        }
        finally
        {
            await open.CancelAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A channel could not be used, and is opened again: {Reason}")]
    private partial void LogBroken(string reason);
}
