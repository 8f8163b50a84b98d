namespace ChatAnalysis.Tests.FileParser;

/// <summary>A clock whose timers go off when a test says so.</summary>
internal sealed class TurnedClock : TimeProvider
{
    private readonly List<Timer> _timers = [];

    /// <summary>How much time has passed.</summary>
    public TimeSpan Passed { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The periods of the timers that were made.</summary>
    public IEnumerable<TimeSpan> Periods => _timers.Select(timer => timer.Period);

    /// <summary>When those timers were to go off first.</summary>
    public IEnumerable<TimeSpan> DueTimes => _timers.Select(timer => timer.DueTime);

    public override long GetTimestamp() => Passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state) { DueTime = dueTime, Period = period };
        lock (_timers)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Lets all timers go off once.</summary>
    public void Ring()
    {
        lock (_timers)
            _timers.ForEach(timer => timer.Ring());
    }

    private sealed class Timer(TimerCallback callback, object? state) : ITimer
    {
        private bool _stopped;

        public TimeSpan DueTime { get; init; }

        public TimeSpan Period { get; set; }

        public void Ring()
        {
            if (!_stopped)
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _stopped = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
