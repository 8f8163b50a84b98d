namespace ChatAnalysis.Silo.Hosting;

/// <summary>Loads the grains of this process while the server already listens, and ends them in the order that loses nothing.</summary>
internal sealed partial class GrainHost(
    IServiceProvider services,
    Readiness readiness,
    IHostApplicationLifetime lifetime,
    ILogger<GrainHost> logger) : IHostedLifecycleService, IDisposable
{
    // A parser between two batches, then the index's snapshot: seconds. Past this the start repairs what is unfinished.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<GrainPart> _started = [];

    /// <summary>Ends when all is loaded, or when it is known that it will not be.</summary>
    public Task Loading { get; private set; } = Task.CompletedTask;

    /// <summary>What kept the program from starting, if anything did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Begins to load once the server listens: where its port is taken, nothing else is touched.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // Not awaited: until it is done, requests are answered with 503 and what is missing.
        Loading = Task.Run(() => LoadAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Ends the parts, workers first, once the server takes no requests any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Not the host's token: that one's time may have gone to connections that would not end.
        using var patience = new CancellationTokenSource(Patience);
        await _stopping.CancelAsync();
        await Loading;
        if (_started.Count == 0)
            return;
        var set = services.GetRequiredService<GrainSet>();
        foreach (var part in set.Workers.Reverse().Concat(set.Loaded.Reverse()).Where(_started.Contains))
        {
            try
            {
                await part.StopAsync(patience.Token);
                readiness.Set(part.Name, "stopped");
            }
#pragma warning disable CA1031 // A part that cannot end well must not keep the others, the index above all, from doing so.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogStopFailed(part.Name, exception);
            }
        }
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Open(false);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <summary>Ends the program with a reason: a part cannot go on.</summary>
    public void Fail(Exception reason)
    {
        Failure ??= reason;
        lifetime.StopApplication();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var set = services.GetRequiredService<GrainSet>();
            await Task.WhenAll(set.Loaded.Select(part => StartPartAsync(part, cancellationToken)));
            await set.Check(cancellationToken);
            foreach (var part in set.Workers)
                await StartPartAsync(part, cancellationToken);
            readiness.Open(true);
            LogReady();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped while loading.
        }
#pragma warning disable CA1031 // Nobody awaits this: the program's end reports it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
    }

    private async Task StartPartAsync(GrainPart part, CancellationToken cancellationToken)
    {
        readiness.Set(part.Name, "loading");
        await Task.Run(() => part.StartAsync(cancellationToken), cancellationToken);
        lock (_started)
            _started.Add(part);
        readiness.Set(part.Name, "ready");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready")]
    private partial void LogReady();

    [LoggerMessage(Level = LogLevel.Error, Message = "The part {Part} did not end well")]
    private partial void LogStopFailed(string part, Exception exception);
}
