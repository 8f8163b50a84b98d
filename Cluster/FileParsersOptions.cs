using System.ComponentModel.DataAnnotations;

namespace ChatAnalysis.Cluster;

/// <summary>How uploaded files are worked on. Settings section <c>FileParsers</c>.</summary>
public sealed record FileParsersOptions
{
    /// <summary>Files read at once. The default, two more than cores, keeps texts waiting for the embedding at all times.</summary>
    [Range(1, 1024)]
    public int Count { get; init; } = Environment.ProcessorCount + 2;

    /// <summary>How long a job waits after its parser ended with an exception; twice as long each further time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after so many failures in a row before.</summary>
    internal TimeSpan DelayAfter(int failures)
    {
        var delay = RetryDelay * Math.Pow(2, Math.Min(failures, 20));
        return delay < MaxRetryDelay ? delay : MaxRetryDelay;
    }
}
