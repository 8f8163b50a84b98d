using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>Keeps what is logged, so that a test can look for it or wait for it.</summary>
internal sealed class RecordingLog : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<string> _messages = [];
    private readonly List<(string Part, TaskCompletionSource Said)> _waits = [];

    public bool Contains(string part)
    {
        lock (_lock)
            return _messages.Exists(m => m.Contains(part, StringComparison.Ordinal));
    }

    public Task SaysAsync(string part)
    {
        lock (_lock)
        {
            if (Contains(part))
                return Task.CompletedTask;
            var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((part, said));
            return said.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var message = formatter(state, exception);
        lock (_lock)
        {
            _messages.Add(message);
            foreach (var (part, said) in _waits)
                if (message.Contains(part, StringComparison.Ordinal))
                    said.TrySetResult();
        }
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
