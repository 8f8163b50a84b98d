using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ChatAnalysis.Cluster.RabbitMq.Broker;

/// <summary>This process's connection to the broker, made again whenever it breaks.</summary>
internal sealed partial class BrokerConnection(BrokerAddress address, TimeProvider time, ILogger<BrokerConnection> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private volatile TaskCompletionSource<IConnection> _connected = New();
    private volatile IConnection? _open;
    private Task _running = Task.CompletedTask;

    /// <summary>Where the broker is: host and port.</summary>
    public string Address { get; } = address.ToString();

    /// <summary>What this process is called in the cluster.</summary>
    public string ProcessName => address.ProcessName;

    /// <summary>Whether the broker is reached just now.</summary>
    public bool IsConnected => _open is { IsOpen: true };

    /// <summary>Begins to connect, and waits until that has succeeded once.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_running.IsCompleted)
            _running = Task.Run(RunAsync, CancellationToken.None);
        await GetAsync(cancellationToken);
    }

    /// <summary>The open connection; waits for it where there is none.</summary>
    public Task<IConnection> GetAsync(CancellationToken cancellationToken) => _connected.Task.WaitAsync(cancellationToken);

    /// <summary>Disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _connected.TrySetCanceled(CancellationToken.None);
    }

    private static TaskCompletionSource<IConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        var pause = ShortestPause;
        string? said = null;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await address.CreateFactory().CreateConnectionAsync(_stopping.Token);

                // The client does not wait for the broker's word on the virtual host; a first channel does.
                await (await connection.CreateChannelAsync(cancellationToken: _stopping.Token)).DisposeAsync();
                (pause, said) = (ShortestPause, null);
                await StayAsync(connection);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The client throws whatever it meets: sockets, TLS, protocol. Each is a reason to try again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // Said once for each reason: a broker that is away for an hour is no thousand lines.
                var reason = ReasonOf(exception);
                if (reason != said)
                    LogAway(Address, reason);
                said = reason;
            }

            await Task.Delay(pause, time, _stopping.Token).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Lends the connection out until it breaks.</summary>
    private async Task StayAsync(IConnection connection)
    {
        var closed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            closed.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        };
        if (!connection.IsOpen)
            return;
        _open = connection;
        _connected.TrySetResult(connection);
        LogConnected(Address);
        try
        {
            LogLost(Address, await closed.Task.WaitAsync(_stopping.Token));
        }
        finally
        {
            _open = null;
            _connected = New();
        }
    }

    /// <summary>What a person can act on; the client wraps it several times.</summary>
    private static string ReasonOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationFailureException or PossibleAuthenticationFailureException)
                return "it refuses user or password (Cluster:User, Cluster:Password or Cluster:PasswordFile)";
            if (e is OperationInterruptedException { ShutdownReason.ReplyCode: 530 })
                return "it refuses the virtual host (Cluster:VirtualHost)";
        }

        return exception.GetBaseException().Message;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to RabbitMQ at {Address}")]
    private partial void LogConnected(string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ at {Address} cannot be reached, and is waited for: {Reason}")]
    private partial void LogAway(string address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to RabbitMQ at {Address} is lost: {Reason}")]
    private partial void LogLost(string address, string reason);
}
