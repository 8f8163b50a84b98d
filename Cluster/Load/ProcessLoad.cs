using System.Reflection;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.Load;

/// <summary>What this process is and how busy.</summary>
internal sealed class ProcessLoad
{
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<GrainMeter> _meters;
    private readonly DateTimeOffset _since;
    private readonly Lock _lock = new();
    private (long At, TimeSpan Busy) _before;
    private double _processor;

    /// <summary>A process that starts now.</summary>
    /// <param name="name">Its name in the cluster.</param>
    /// <param name="roles">What it does.</param>
    /// <param name="meters">Its grains' meters.</param>
    /// <param name="time">The clock.</param>
    public ProcessLoad(string name, IReadOnlyList<string> roles, IReadOnlyList<GrainMeter> meters, TimeProvider time)
    {
        Name = name;
        Roles = roles;
        _meters = meters;
        _time = time;
        _since = time.GetUtcNow();
        _before = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    public string Name { get; }

    public IReadOnlyList<string> Roles { get; }

    /// <summary>How it stands now; the processor's load is that of the last second or more.</summary>
    public SiloStatus Read() => new(
        Name, Roles, _since, _time.GetUtcNow(), Gone: false, Version, ReadProcessor(), Environment.WorkingSet,
        [.. _meters.Select(meter => meter.Read())]);

    private double ReadProcessor()
    {
        lock (_lock)
        {
            // The system counts in steps of some milliseconds: a shorter while says nothing.
            var now = (At: _time.GetTimestamp(), Busy: Environment.CpuUsage.TotalTime);
            if (_time.GetElapsedTime(_before.At, now.At) is { TotalSeconds: >= 1 } elapsed)
            {
                _processor = Math.Round((now.Busy - _before.Busy) / elapsed, 2);
                _before = now;
            }

            return _processor;
        }
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(ProcessLoad).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
